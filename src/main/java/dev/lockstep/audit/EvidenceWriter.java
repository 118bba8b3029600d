package dev.lockstep.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.port.Evidence;
import dev.lockstep.port.Inventory;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import org.springframework.core.NestedRuntimeException;

/** Writes evidence line by line, so that its memory does not grow, and signs it with the key of the checkpoints. */
final class EvidenceWriter implements Evidence {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORMAT = "lockstep.evidence.v1";

    private final EvidenceEntries entries;
    private final EvidenceFacts facts;
    private final Inventory inventory;
    private final Chain chain;
    private final Archives archives;
    private final SigningKey key;
    private final Clock clock;

    EvidenceWriter(
            EvidenceEntries entries,
            EvidenceFacts facts,
            Inventory inventory,
            Chain chain,
            Archives archives,
            SigningKey key,
            Clock clock) {
        this.entries = entries;
        this.facts = facts;
        this.inventory = inventory;
        this.chain = chain;
        this.archives = archives;
        this.key = key;
        this.clock = clock;
    }

    @Override
    public void write(Request request, OutputStream out) throws IOException {
        try {
            SignedLines lines = new SignedLines(FORMAT, out);
            Head head = chain.head();
            lines.add(header(request, head));
            for (CredentialName credential : credentials(request)) {
                lines.add(facts.line(credential));
            }
            entries(request, head, lines);
            lines.sign(key);
        } catch (NestedRuntimeException e) {
            throw new RetryableException(
                    FailureCode.AUDIT_UNAVAILABLE,
                    "the audit trail could not be read (%s): check the database"
                            .formatted(e.getClass().getSimpleName()));
        }
    }

    private List<CredentialName> credentials(Request request) {
        return request.credential() != null
                ? List.of(request.credential())
                : inventory.list().stream().map(InventoryEntry::name).toList();
    }

    private void entries(Request request, Head head, SignedLines lines) throws IOException {
        long after = 0;
        List<EvidenceEntries.Proven> page = entries.page(request, after, head.position());
        while (!page.isEmpty()) {
            for (EvidenceEntries.Proven proven : page) {
                lines.add("{\"type\":\"entry\",\"previous\":\"" + proven.previous() + "\","
                        + proven.entry().json().substring(1));
                after = proven.entry().position();
            }
            page = page.size() < EvidenceEntries.PAGE ? List.of() : entries.page(request, after, head.position());
        }
    }

    private String header(Request request, Head head) {
        ObjectNode header = JSON.createObjectNode();
        header.put("type", "header");
        header.put("format", FORMAT);
        header.put(
                "credential",
                request.credential() == null ? null : request.credential().value());
        header.put(
                "control", request.control() == null ? null : request.control().label());
        header.put("title", request.control() == null ? null : request.control().title());
        header.put("from", request.from().toString());
        header.put("to", request.to().toString());
        header.put("written_at", clock.instant().toString());
        header.put("archived_through", archives.base().position());
        header.put("chain_position", head.position());
        header.put("chain_hash", head.hash());
        return header.toString();
    }
}
