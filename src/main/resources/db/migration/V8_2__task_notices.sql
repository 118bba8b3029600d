-- What has been told about open tasks, so that nobody hears of the same twice.
CREATE TABLE task_notice (
    task     VARCHAR(64) NOT NULL,
    -- 'OPENED', 'REMINDED', 'ESCALATED' or 'OVERDUE'.
    level    VARCHAR(20) NOT NULL,
    told_at  TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT task_notice_pk PRIMARY KEY (task, level)
);
