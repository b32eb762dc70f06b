-- timeline: The dated events of all articles in order; of those that begin together, what is asserted comes first.
-- One row per telling: the same event told by three articles is three rows, each with its own proof.
--
-- event_start: First instant of the event's time, local; null if the beginning is open.
-- event_end: First instant after it, local; null if open.
-- event_date: When, in ISO 8601, never more precise than the text: `2026`, `2026-03`, `2026-03-03`,
--   `2026-03-03T04:30`, `2026-03-03/2026-03-05` (both days included), `2026-03-03/..` (open).
-- date_source: How the date is known: from the sentence (`text`), from the story so far (`context`), or from the day of
--   publication alone.
-- time_expression: The words that date the event.
-- event_type: PLOVER's 16 types and the extensions.
-- trigger: The word that names the event, as written.
-- told_as: `reported` (the article's own voice), `claimed` (somebody's word), `planned`, `unconfirmed` (hearsay or mere
--   possibility) or `denied`.
-- modality: asserted, planned, possible or negated.
-- actors: Who did it, as written.
-- targets: To whom or what, as written.
-- places: Where, as written.
-- figures: The event's figures in words, such as `≥ 12 killed (personnes)` or `≈ 55.5 billion USD`; after a dash, who
--   gives the figure if it is not who tells of the event (`attribution`).
-- attribution: Who says so, as written.
-- evidence: The sentence that proves it, verbatim.
-- source: Outlet or feed.
-- title: The article's headline.
-- published_on: Local day of publication.
-- article_id: The article (`articles.article_id`).
-- mention_id: The event (`event_mentions.mention_id`).
CREATE OR REPLACE VIEW timeline AS
SELECT
    event_start,
    event_end,
    event_date,
    date_source,
    time_expression,
    event_type,
    trigger,
    told_as,
    modality,
    actors,
    targets,
    places,
    figures,
    attribution,
    evidence,
    source,
    title,
    published_on,
    article_id,
    mention_id
FROM article_events
WHERE event_start IS NOT NULL OR event_end IS NOT NULL
ORDER BY
    coalesce(event_start, event_end),
    array_position(['asserted', 'planned', 'possible', 'negated'], modality),
    event_end NULLS LAST,
    published_on NULLS LAST,
    article_id,
    start_char;
