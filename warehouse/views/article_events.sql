-- article_events: Everything that each article reports or announces, dated or not, in the order of the text.
-- One row per telling.
--
-- article_id: The article (`articles.article_id`).
-- published_on: Local day of publication.
-- source: Outlet or feed.
-- event_date: When, in ISO 8601, never more precise than the text: `2026`, `2026-03`, `2026-03-03`,
--   `2026-03-03T04:30`, `2026-03-03/2026-03-05` (both days included), `2026-03-03/..` (open); null if unknown.
-- event_type: PLOVER's 16 types and the extensions.
-- trigger: The word that names the event, as written.
-- told_as: `reported` (the article's own voice), `claimed` (somebody's word), `planned`, `unconfirmed` (hearsay or mere
--   possibility) or `denied`.
-- actors: Who did it, as written.
-- targets: To whom or what, as written.
-- places: Where, as written.
-- figures: The event's figures in words (`article_figures.figure`), in the order of the text; after a dash, who gives
--   the figure if it is not who tells of the event.
-- attribution: Who says so, as written.
-- date_source: How the date is known: from the sentence (`text`), from the story so far (`context`), or from the day of
--   publication alone.
-- time_expression: The words that date the event.
-- evidence: The sentence that proves it: `articles.text` between `evidence_start` and `evidence_end`.
-- title: The article's headline.
-- event_start: First instant of the event's time, local.
-- event_end: First instant after it, local; null if open.
-- modality: asserted, planned, possible or negated.
-- start_char: First character of the trigger in `articles.text`, in code points.
-- mention_id: The event (`event_mentions.mention_id`).
CREATE OR REPLACE VIEW article_events AS
WITH linked AS (
    SELECT
        e.mention_id,
        list(
            f.figure || CASE WHEN f.attribution <> coalesce(e.attribution, '') THEN ' — ' || f.attribution ELSE '' END
            ORDER BY f.start_char
        ) AS figures
    FROM event_quantities AS l
    JOIN event_mentions AS e ON e.mention_id = l.event_mention_id
    JOIN article_figures AS f ON f.mention_id = l.quantity_mention_id
    GROUP BY e.mention_id
)
SELECT
    e.article_id,
    a.published_on,
    a.source,
    CASE
        WHEN e.event_start IS NULL AND e.event_end IS NULL THEN NULL
        WHEN e.event_start IS NULL THEN '../' || strftime(e.event_end - INTERVAL 1 MICROSECOND, '%Y-%m-%d')
        WHEN e.event_end IS NULL THEN strftime(e.event_start, '%Y-%m-%d') || '/..'
        WHEN e.event_start = date_trunc('year', e.event_start) AND e.event_end = date_trunc('year', e.event_end)
            THEN concat_ws('/', strftime(e.event_start, '%Y'),
                           CASE WHEN e.event_end > e.event_start + INTERVAL 1 YEAR
                                THEN strftime(e.event_end - INTERVAL 1 YEAR, '%Y') END)
        WHEN e.event_start = date_trunc('month', e.event_start) AND e.event_end = date_trunc('month', e.event_end)
            THEN concat_ws('/', strftime(e.event_start, '%Y-%m'),
                           CASE WHEN e.event_end > e.event_start + INTERVAL 1 MONTH
                                THEN strftime(e.event_end - INTERVAL 1 MONTH, '%Y-%m') END)
        WHEN e.event_end <= e.event_start + INTERVAL 1 MINUTE THEN strftime(e.event_start, '%Y-%m-%dT%H:%M')
        ELSE concat_ws('/', strftime(e.event_start, '%Y-%m-%d'),
                       CASE WHEN (e.event_end - INTERVAL 1 MICROSECOND)::DATE > e.event_start::DATE
                            THEN strftime(e.event_end - INTERVAL 1 MICROSECOND, '%Y-%m-%d') END)
    END AS event_date,
    e.event_type,
    e.trigger,
    CASE
        WHEN e.modality = 'planned' THEN 'planned'
        WHEN e.modality = 'possible' THEN 'unconfirmed'
        WHEN e.modality = 'negated' THEN 'denied'
        WHEN e.attribution IS NOT NULL THEN 'claimed'
        ELSE 'reported'
    END AS told_as,
    e.actors,
    e.targets,
    e.places,
    coalesce(l.figures, []) AS figures,
    e.attribution,
    e.date_source,
    t.text AS time_expression,
    -- Both count code points (not bytes, not graphemes).
    substring(a.text, e.evidence_start + 1, e.evidence_end - e.evidence_start) AS evidence,
    a.title,
    e.event_start,
    e.event_end,
    e.modality,
    e.start_char,
    e.mention_id
FROM event_mentions AS e
JOIN articles AS a ON a.article_id = e.article_id
LEFT JOIN time_mentions AS t ON t.mention_id = e.time_mention_id
LEFT JOIN linked AS l ON l.mention_id = e.mention_id
ORDER BY e.article_id, e.start_char;
