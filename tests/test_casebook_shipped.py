"""The words of the shipped cases: sentences that anyone might write, the issue and the pole that they tell.

The sentences are made up here. The issue is that of the first phrase in the sentence, the pole that of the longest.
"""

from __future__ import annotations

from functools import cache

import pytest

from summitry.casebook import IssueEntry, load_case, phrase_pattern


@cache
def issues_of(case: str) -> tuple[IssueEntry, ...]:
    return load_case(case).issues


def first(issues: tuple[IssueEntry, ...], text: str) -> IssueEntry | None:
    found = [
        (match.start(), match.start() - match.end(), at)
        for at, issue in enumerate(issues)
        if (match := phrase_pattern(issue.words).search(text))
    ]
    return issues[min(found)[2]] if found else None


def longest(issue: IssueEntry, text: str) -> str | None:
    found = [
        (len(match.group()), -match.start(), pole.name)
        for pole in issue.poles
        for match in phrase_pattern(pole.words).finditer(text)
    ]
    return max(found)[2] if found else None


@pytest.mark.parametrize(
    ("case", "sentence", "issue", "pole"),
    [
        ("korea", "a step-by-step road to a deal", "sequencing", "simultaneous, step by step"),
        ("korea", "one big deal that covers everything", "sequencing", "all at once"),
        ("korea", "unilateral disarmament", "sequencing", "denuclearise first"),
        ("korea", "corresponding measures of the other side", "sequencing", "relief first"),
        ("korea", "sanctions would stay until the arsenal is gone", "sanctions", "kept"),
        ("korea", "partial sanctions relief for one reactor", "sanctions", "eased in part"),
        ("korea", "the lifting of all sanctions", "sanctions", "lifted"),
        ("korea", "to scale down the joint drills this spring", "exercises", "cut back for the talks"),
        ("korea", "an end to joint military exercises for good", "exercises", "ended"),
        ("korea", "its moratorium on long-range missiles", "tests", "halted"),
        ("korea", "the dismantling of Yongbyon", "denuclearization", "part given up"),
        ("korea", "nuclear weapons it would never give up", "denuclearization", "arms kept"),
        ("korea", "complete and verifiable denuclearization", "denuclearization", "all given up"),
        ("korea", "military action, an option that remains open", "force", "an option"),
        ("korea", "dialogue at any time without any precondition", "talks", "talks now"),
        ("korea", "talks as long as the drills go on", "talks", "talks on conditions"),
        ("korea", "the reopening of the Kaesong complex", "inter-korean", "ahead of the nuclear talks"),
        ("korea", "the fate of people abducted decades ago, which it says is already settled", "rights", "rejected"),
        ("iran", "zero enrichment on its soil", "enrichment", "none"),
        ("iran", "a cap on its stockpile", "enrichment", "limited"),
        ("iran", "its inalienable right to enrich uranium", "enrichment", "a right"),
        ("iran", "a return to compliance in a phased way", "sequencing", "step by step"),
        ("iran", "inspectors anywhere, anytime", "inspections", "anywhere"),
        ("iran", "to trigger snapback in August", "snapback", "triggered"),
        ("iran", "new sanctions on its oil", "sanctions", "kept"),
        ("iran", "missiles, which it calls non-negotiable", "missiles and region", "no matter of talks"),
        ("iran", "to preserve the JCPOA", "the deal", "kept as it is"),
        ("iran", "indirect talks, and only if threats end", "talks", "talks on conditions"),
        ("trade", "to roll back tariffs in phases", "tariffs", "cut in step"),
        ("trade", "the removal of all tariffs", "tariffs", "all removed"),
        ("trade", "a truce of 90 days on new duties", "tariffs", "suspended"),
        ("trade", "structural change of an economy run by the state", "structure", "China changes its model"),
        ("trade", "purchases of farm goods that markets demand", "purchases", "by demand"),
        ("trade", "rare earths without licences, up front", "rare earths", "free"),
        ("trade", "limits on chips, a matter of national security", "export controls", "kept"),
        ("trade", "chip export controls, a matter of national security", "export controls", "kept"),
        ("brexit", "to scrap the backstop", "Ireland", "no special rules"),
        ("brexit", "a backstop with a time limit", "Ireland", "limited in time or scope"),
        ("brexit", "no extension beyond October", "time", "no more time"),
        ("brexit", "a second referendum", "the people", "vote again"),
        ("brexit", "control of British waters", "fish", "sovereign waters"),
        ("brexit", "a level playing field with robust guarantees", "level field", "the same rules"),
        ("brexit", "a permanent customs union", "future relation", "in market or customs union"),
        ("brexit", "lifelong rights of EU citizens", "citizens", "kept whole"),
        ("brexit", "a divorce bill in full", "money", "all obligations"),
        ("korea", "the weather in spring", None, None),
    ],
)  # fmt: skip
def test_a_sentence_tells_its_issue_and_pole(case: str, sentence: str, issue: str | None, pole: str | None) -> None:
    found = first(issues_of(case), sentence)
    assert (found.name if found else None) == issue
    if found is not None:
        assert longest(found, sentence) == pole
