-- what_is_coming: Planned events with the time they are planned for, soonest first. One row per announcement.
-- For what is still to come after a day: SELECT * FROM what_is_coming WHERE event_start >= DATE '2026-03-16'.
-- Announcements whose time was over when they were published are left out.
--
-- event_start: First instant of the planned time, local; null if only its end is known.
-- event_end: First instant after it, local; null if open.
-- event_date: When, in ISO 8601, never more precise than the text (see `timeline`).
-- event_type: PLOVER's 16 types and the extensions.
-- trigger: The word that names the event, as written.
-- actors: Who is to do it, as written.
-- targets: To whom or what, as written.
-- places: Where, as written.
-- figures: The event's figures in words (see `timeline`).
-- attribution: Who says so, as written.
-- date_source: How the date is known: `text`, `context` or `publication`.
-- time_expression: The words that date the event.
-- evidence: The sentence that proves it, verbatim.
-- source: Outlet or feed.
-- title: The article's headline.
-- announced_on: Local day on which the article was published.
-- article_id: The article (`articles.article_id`).
-- mention_id: The event (`event_mentions.mention_id`).
CREATE OR REPLACE VIEW what_is_coming AS
SELECT
    event_start,
    event_end,
    event_date,
    event_type,
    trigger,
    actors,
    targets,
    places,
    figures,
    attribution,
    date_source,
    time_expression,
    evidence,
    source,
    title,
    published_on AS announced_on,
    article_id,
    mention_id
FROM timeline
WHERE modality = 'planned' AND (event_end IS NULL OR published_on IS NULL OR event_end > published_on)
ORDER BY coalesce(event_start, event_end), event_end NULLS LAST, published_on, article_id, mention_id;
