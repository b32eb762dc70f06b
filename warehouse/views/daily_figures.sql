-- daily_figures: What was counted on each day and place, and how the tellings differ: lowest, highest and last figure.
-- One row per day, place, measure, object and unit.
-- Only figures of events that are dated to a day (or a night) and not merely planned or denied. Rises and falls
-- (`change`), figures on top of others (`additional`) and parts of a figure of the same things are no totals: left out.
--
-- day: First day of the event's time.
-- place: Where, as written; null where the text names no place. An event with two places counts in both.
-- measure: What happened to the things counted.
-- object: The things counted, as written, in lower case.
-- unit: `count`, an ISO 4217 code, `%`, or a UCUM symbol.
-- tellings: How many figures there are.
-- lowest: The lowest figure (of a range, its lower end).
-- lowest_figure: The same in words, with its bound.
-- lowest_claimant: Who gives it, as written; null where the article says it in its own voice.
-- lowest_source: The outlet.
-- highest: The highest figure (of a range, its upper end).
-- highest_figure: The same in words, with its bound.
-- highest_claimant: Who gives it.
-- highest_source: The outlet.
-- last: The figure published last.
-- last_figure: The same in words, with its bound.
-- last_claimant: Who gives it.
-- last_source: The outlet.
-- last_published_on: The day on which it was published.
CREATE OR REPLACE VIEW daily_figures AS
WITH told AS (
    -- A figure may belong to several events of one day (the flood, the deaths): it counts once.
    SELECT DISTINCT ON (day, place, q.mention_id)
        e.event_start::DATE AS day,
        unnest(CASE WHEN len(e.places) = 0 THEN [NULL] ELSE e.places END) AS place,
        q.mention_id,
        q.measure,
        lower(q.object) AS object,
        q.unit,
        q.value AS low,
        coalesce(q.value_high, q.value) AS high,
        f.figure,
        coalesce(q.attribution, e.attribution) AS claimant,
        a.source,
        a.published_on,
        -- An article without a date counts as the oldest.
        coalesce(a.published_on, '0001-01-01'::DATE) AS dated,
        a.published_at,
        q.start_char
    FROM event_quantities AS l
    JOIN event_mentions AS e ON e.mention_id = l.event_mention_id
    JOIN quantity_mentions AS q ON q.mention_id = l.quantity_mention_id
    JOIN article_figures AS f ON f.mention_id = q.mention_id
    LEFT JOIN quantity_mentions AS w ON w.mention_id = q.subset_of
    JOIN articles AS a ON a.article_id = e.article_id
    WHERE e.modality IN ('asserted', 'possible')
      AND e.event_end <= e.event_start + INTERVAL 2 DAY
      AND q.change IS NULL
      AND NOT q.additional
      AND (q.measure IS NOT NULL OR q.object IS NOT NULL)
      AND (q.subset_of IS NULL OR lower(q.object) <> coalesce(lower(w.object), ''))
    ORDER BY day, place, q.mention_id, e.start_char
)
SELECT
    day,
    place,
    measure,
    object,
    unit,
    count(*) AS tellings,
    min(low) AS lowest,
    first(figure ORDER BY low, dated, published_at NULLS FIRST, mention_id) AS lowest_figure,
    first(claimant ORDER BY low, dated, published_at NULLS FIRST, mention_id) AS lowest_claimant,
    first(source ORDER BY low, dated, published_at NULLS FIRST, mention_id) AS lowest_source,
    max(high) AS highest,
    first(figure ORDER BY high DESC, dated, published_at NULLS FIRST, mention_id) AS highest_figure,
    first(claimant ORDER BY high DESC, dated, published_at NULLS FIRST, mention_id) AS highest_claimant,
    first(source ORDER BY high DESC, dated, published_at NULLS FIRST, mention_id) AS highest_source,
    last(high ORDER BY dated, published_at NULLS FIRST, start_char, mention_id) AS last,
    last(figure ORDER BY dated, published_at NULLS FIRST, start_char, mention_id) AS last_figure,
    last(claimant ORDER BY dated, published_at NULLS FIRST, start_char, mention_id) AS last_claimant,
    last(source ORDER BY dated, published_at NULLS FIRST, start_char, mention_id) AS last_source,
    last(published_on ORDER BY dated, published_at NULLS FIRST, start_char, mention_id) AS last_published_on
FROM told
GROUP BY ALL
ORDER BY day, place NULLS LAST, measure NULLS LAST, object NULLS LAST, unit;
