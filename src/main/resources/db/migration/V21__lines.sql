-- Operations wait in a line for each priority and target, so that one target's line can be passed by without reading it.

ALTER TABLE operation ADD COLUMN target VARCHAR(200) DEFAULT '' NOT NULL;

UPDATE operation
   SET target = (SELECT c.target FROM credential c WHERE c.name = operation.credential);

ALTER TABLE operation ALTER COLUMN target DROP DEFAULT;

DROP INDEX operation_queue;

CREATE INDEX operation_line ON operation (status, priority DESC, target, not_before, id);
