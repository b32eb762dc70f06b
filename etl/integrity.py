"""What must hold over the store's tables as a whole, as queries that count the faults; nought is sound.

Rows were validated one by one before they were written (`etl.validation`); nothing here looks at a single row's values.
"""

from schemas.evidence import SPANS
from schemas.references import REFERENCES

REVISIONS = """
SELECT count(*) FROM (
    SELECT article_id FROM articles GROUP BY article_id
    HAVING count(*) <> max(revision) OR count(DISTINCT revision) <> count(*))
"""
"""Articles whose revisions are not counted 1, 2, 3 …: the wrong text could be published."""

UNDATED = "SELECT count(*) FILTER (published_on IS NULL) AS undated, count(*) AS articles FROM latest_articles"


def mention_faults(table: str) -> dict[str, str]:
    """Fault in words → query that counts it, for one of the mention tables."""
    queries = {}
    if table in SPANS:
        queries["words that do not stand in the article"] = _unproven(table)
        queries["ids used twice"] = f"SELECT count(*) - count(DISTINCT mention_id) FROM {table}"
    for reference in REFERENCES:
        if reference.table == table:
            queries[f"{reference.column} without its mention"] = f"""
                SELECT count(*) FROM {table} m WHERE m.{reference.column} IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM {reference.target} o WHERE o.mention_id = m.{reference.column})"""
    return queries


def _unproven(table: str) -> str:
    """Mentions whose words are not those of the latest text between their offsets."""
    wrong = " OR ".join(
        f'(m."{said}" IS NOT NULL AND m."{said}" <> substring(a.text, m.{start} + 1, m.{end} - m.{start}))'
        for said, start, end in SPANS[table]
    )
    return (
        f"SELECT count(*) FROM {table} m LEFT JOIN latest_articles a USING (article_id) WHERE a.text IS NULL OR {wrong}"
    )
