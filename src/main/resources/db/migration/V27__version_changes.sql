-- Programs that listen are told of versions that changed a moment ago.
CREATE INDEX credential_version_changed ON credential_version (changed_at);
