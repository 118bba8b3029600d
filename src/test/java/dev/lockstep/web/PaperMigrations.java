package dev.lockstep.web;

import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.MigrationRecords;
import dev.lockstep.port.Migrations;
import java.util.List;
import java.util.Map;
import org.springframework.boot.test.context.TestComponent;

/** Takes migrations as far as the ledger; there are no instances to move. */
@TestComponent
class PaperMigrations implements Migrations {

    private final MigrationRecords records;

    PaperMigrations(MigrationRecords records) {
        this.records = records;
    }

    @Override
    public Plan plan(String process, String from, String to, Map<String, String> mappings, String by) {
        if (from.equals(to)) {
            throw new InvalidInput("to", "instances are moved to another version than their own");
        }
        long id = records.add(process, from, to, mappings, 1, by);
        return new Plan(find(process, id), Map.of("A", "A"), List.of("instance x at 'B': there is no place for it"));
    }

    @Override
    public Migration confirm(String process, long id, String by) {
        if (!records.begin(id)) {
            throw new Conflict("migration " + id + " of " + process + " is done");
        }
        records.done(id, List.of("instance x", "instance y"));
        return find(process, id);
    }

    @Override
    public Migration find(String process, long id) {
        return records.find(id).orElseThrow(() -> new InvalidInput("id", "there is no migration " + id));
    }

    @Override
    public List<Migration> of(String process) {
        return records.of(process);
    }
}
