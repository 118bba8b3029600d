-- Not every change is one for all: what is released to a consumer, or withdrawn from it, is told to that one only.
ALTER TABLE version_change RENAME TO version_news;
-- The only one that is told; null for all.
ALTER TABLE version_news ADD COLUMN consumer VARCHAR(200);

-- What a node of the release before this one knows. It would take the rest for the end of a version, and tell everybody.
CREATE VIEW version_change AS
    SELECT id, credential, version, stage, changed_at, place
      FROM version_news
     WHERE consumer IS NULL;
