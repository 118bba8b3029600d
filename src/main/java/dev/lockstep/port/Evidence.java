package dev.lockstep.port;

import dev.lockstep.domain.CredentialName;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an auditor takes along: facts and audit entries, signed, to be verified without Lockstep. */
public interface Evidence {

    /**
     * Writes the evidence as JSON Lines: a header, facts about credentials, sealed audit entries in the order of the
     * chain, and a signature over all of it.
     *
     * @throws dev.lockstep.domain.RetryableException with {@code AUDIT_UNAVAILABLE} when the trail cannot be read
     */
    void write(Request request, OutputStream out) throws IOException;

    /**
     * What is asked for.
     *
     * @param credential one of them; null for all
     * @param control what it is to prove; null for everything about the credential
     * @param from entries from then on
     * @param to and before then
     */
    record Request(
            @Nullable CredentialName credential, @Nullable Control control, Instant from, Instant to) {}

    /** What evidence is asked for by. */
    enum Control {
        PCI_DSS_8_6_3(
                "pci-dss-8.6.3",
                "PCI DSS 4.0, 8.6.3: passwords of application and system accounts are changed in time, and are complex enough",
                "target.",
                "operation.",
                "rotation.",
                "incident."),
        SOC_2_CC6_1(
                "soc2-cc6.1",
                "SOC 2, CC6.1: logical access to protected information is restricted",
                "access",
                "user.",
                "login.",
                "credential.",
                "issuance.",
                "break-glass."),
        ISO_27001_A_5_17(
                "iso-27001-a.5.17",
                "ISO/IEC 27001:2022, A.5.17: authentication information is allocated and managed by a process",
                "issuance.",
                "credential.",
                "rotation.",
                "user.",
                "access-review."),
        NIST_SP_800_57(
                "nist-sp-800-57",
                "NIST SP 800-57 Part 1: the states of keys and other secrets over their lives",
                "target.",
                "credential.",
                "operation.",
                "incident.");

        private final String label;
        private final String title;
        private final String actions;

        Control(String label, String title, String... actions) {
            this.label = label;
            this.title = title;
            this.actions = String.join(" ", actions);
        }

        /** The name in addresses and commands. */
        public String label() {
            return label;
        }

        /** What it demands, in one line. */
        public String title() {
            return title;
        }

        /** How the actions of the audit entries begin that speak about it. */
        public List<String> actions() {
            return List.of(actions.split(" ", -1));
        }

        /** Finds a control by its label. */
        public static Optional<Control> of(String label) {
            return Arrays.stream(values())
                    .filter(control -> control.label.equals(label))
                    .findFirst();
        }
    }
}
