"""What people and programs see of a record: tables, exports, explanations, and where the talks stand."""
