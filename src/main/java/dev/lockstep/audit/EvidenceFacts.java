package dev.lockstep.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Schedule;
import dev.lockstep.domain.SecretRules;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Versions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is true of a credential now, as far as the controls ask for it. */
final class EvidenceFacts {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Catalog catalog;
    private final Inventory inventory;
    private final Versions versions;
    private final Clock clock;

    EvidenceFacts(Catalog catalog, Inventory inventory, Versions versions, Clock clock) {
        this.catalog = catalog;
        this.inventory = inventory;
        this.versions = versions;
        this.clock = clock;
    }

    /** One line; nothing in it is secret. */
    String line(CredentialName name) {
        ObjectNode line = JSON.createObjectNode();
        line.put("type", "credential");
        line.put("credential", name.value());
        Optional<InventoryEntry> known = inventory.find(name);
        line.put("status", known.map(entry -> word(entry.status().name())).orElse("unknown"));
        line.put(
                "last_rotated_at", text(known.map(InventoryEntry::lastRotatedAt).orElse(null)));
        line.put(
                "next_rotation_at",
                text(known.map(InventoryEntry::nextRotationAt).orElse(null)));
        catalog.credential(name).ifPresent(credential -> configured(line, credential, known));
        ArrayNode list = line.putArray("versions");
        versions.list(name).forEach(version -> list.add(version(version)));
        return line.toString();
    }

    private void configured(ObjectNode line, Credential credential, Optional<InventoryEntry> known) {
        Policy policy = credential.policy();
        line.put("owner", credential.owner());
        line.put("class", credential.kind());
        line.put("target", credential.target());
        line.put("policy", policy.name());
        line.put("rotation", rotation(policy.schedule()));
        line.put("secret", secret(policy.secret()));
        line.put("approval", policy.approval().map(Policy.Approval::group).orElse(""));
        Instant changed = known.map(InventoryEntry::lastRotatedAt).orElse(null);
        Duration allowed = policy.timing().maximumAge().orElse(null);
        if (allowed != null) {
            line.put("maximum_age", allowed.toString());
            line.put("within_maximum_age", changed != null && !clock.instant().isAfter(changed.plus(allowed)));
        }
        ArrayNode consumers = line.putArray("consumers");
        credential.consumers().forEach(consumer -> consumers.add(consumer.name()));
    }

    private static ObjectNode version(Version version) {
        return JSON.createObjectNode()
                .put("version", version.ref().version())
                .put("stage", word(version.stage().name()))
                .put("key_state", state(version.stage()))
                .put("created_at", version.createdAt().toString())
                .put("changed_at", version.changedAt().toString());
    }

    /** The states of NIST SP 800-57 Part 1, section 7. */
    static String state(Stage stage) {
        return switch (stage) {
            case STAGED -> "pre-activation";
            case CURRENT, PREVIOUS -> "active";
            case RETIRED, DISCARDED -> "deactivated";
            case REVOKED -> "compromised";
        };
    }

    private static String rotation(Schedule schedule) {
        if (schedule instanceof Schedule.Interval interval) {
            return "every " + interval.every();
        }
        return schedule instanceof Schedule.Cron cron ? "cron " + cron.expression() + ' ' + cron.zone() : "on demand";
    }

    private static String secret(SecretRules rules) {
        return rules instanceof SecretRules.Password password
                ? "password of " + password.length() + " characters, at least " + password.minimumEntropyBits()
                        + " bits of entropy"
                : "key pair";
    }

    private static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
