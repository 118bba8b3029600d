-- What the schedule looks at in each tick, however many credentials and operations there are.

CREATE INDEX operation_under_way ON operation (status, rollback_requested, id);

CREATE INDEX quarantine_reader_open ON quarantine_reader (answered, operation);

-- Who has an account of this name.
CREATE INDEX credential_definition_item_content ON credential_definition_item (kind, content);
