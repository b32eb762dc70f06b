"""Attribution: who says what, as ranges of tokens with their claimant. Shared by quantities and events."""

from etl.extraction.clauses import Clauses
from etl.extraction.mentions import Claim
from etl.extraction.names import Names
from etl.extraction.text import Document


def find_claims(document: Document, clauses: Clauses, names: Names) -> list[Claim]:
    """Every stretch of the document that the text puts in somebody's mouth, in text order."""
    return []
