"""How far two annotators agree: the figure that reviewers of a record are measured by, too."""

from summitry.review.agreement import nominal_alpha

__all__ = ["nominal_alpha"]
