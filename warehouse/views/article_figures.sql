-- article_figures: Every figure in words, beside its parts, in the order of the article. One row per figure.
--
-- article_id: The article (`articles.article_id`).
-- published_on: Local day of publication.
-- source: Outlet or feed.
-- figure: The figure in words: bound, number, unit, what happened to the things counted, and (as written) the things.
-- number: The number as written.
-- value: The number, or the lower end of a range, in base units of `unit`.
-- value_high: The upper end of a range.
-- bound: How the figure bounds the truth.
-- unit: `count`, an ISO 4217 code, `%`, or a UCUM symbol.
-- object: What is counted or measured, as written.
-- measure: What happened to the things counted.
-- attribution: Who gives the figure, as written; null where the article says it in its own voice.
-- title: The article's headline.
-- start_char: First character of the number in `articles.text`, in code points.
-- mention_id: The figure (`quantity_mentions.mention_id`).
CREATE OR REPLACE VIEW article_figures AS
WITH scaled AS (
    -- A round number of billions is shorter in words (55.5 billion); 1,234,567 is not. A range has one scale.
    SELECT
        *,
        CASE
            WHEN list_max(sizes) >= 1e15 THEN 1
            WHEN list_max(sizes) >= 1e9 AND list_bool_and([round(v / 1e9, 3) = v / 1e9 FOR v IN sizes]) THEN 1e9
            WHEN list_max(sizes) >= 1e6 AND list_bool_and([round(v / 1e6, 3) = v / 1e6 FOR v IN sizes]) THEN 1e6
            ELSE 1
        END AS scale
    FROM (SELECT *, list_filter([abs(value), abs(value_high)], lambda v: v IS NOT NULL) AS sizes FROM quantity_mentions)
), worded AS (
    SELECT
        *,
        list_transform([value, value_high], lambda v: CASE
            WHEN abs(v) >= 1e15 OR (v <> 0 AND abs(v) < 0.001) THEN format('{:.6g}', v)
            ELSE regexp_replace(format('{:,.3f}', v / scale), '\.?0+$', '')
        END) AS numbers
    FROM scaled
)
SELECT
    q.article_id,
    a.published_on,
    a.source,
    concat(
        CASE WHEN q.subset_of IS NOT NULL THEN 'of which ' END,
        CASE WHEN q.additional THEN 'another ' END,
        CASE q.change WHEN 'increase' THEN 'up ' WHEN 'decrease' THEN 'down ' END,
        CASE q.bound
            WHEN 'approximately' THEN '≈ '
            WHEN 'at_least' THEN '≥ '
            WHEN 'more_than' THEN '> '
            WHEN 'at_most' THEN '≤ '
            WHEN 'less_than' THEN '< '
        END,
        concat_ws('–', q.numbers[1], q.numbers[2]),
        CASE q.scale WHEN 1e9 THEN ' billion' WHEN 1e6 THEN ' million' END,
        CASE q.unit
            WHEN 'count' THEN ''
            WHEN '1' THEN '' -- UCUM's unity: a magnitude, a ratio
            WHEN '[pp]' THEN ' percentage points'
            WHEN 'Cel' THEN ' °C'
            WHEN 'a' THEN ' years'
            ELSE ' ' || q.unit
        END,
        ' ' || replace(q.measure, '_', ' '),
        CASE WHEN q.measure IS NULL AND q.unit IN ('count', '1') THEN ' ' || q.object ELSE ' (' || q.object || ')' END
    ) AS figure,
    q.text AS number,
    q.value,
    q.value_high,
    q.bound,
    q.unit,
    q.object,
    q.measure,
    q.attribution,
    a.title,
    q.start_char,
    q.mention_id
FROM worded AS q
JOIN articles AS a USING (article_id)
ORDER BY q.article_id, q.start_char;
