-- Writes one JSON object per sealed entry, in the order of the chain: psql -At -f docs/audit-export.sql "$DATABASE" > entries.jsonl
SELECT json_build_object(
    'position', s.position,
    'hash', s.hash,
    'id', e.id,
    'recorded_at_micros', (EXTRACT(EPOCH FROM e.recorded_at) * 1000000)::bigint,
    'actor', e.actor,
    'action', e.action,
    'phase', e.phase,
    'subject', e.subject,
    'operation', e.operation,
    'details', e.details)
FROM audit_seal s
JOIN audit_event e ON e.id = s.event_id
ORDER BY s.position;
