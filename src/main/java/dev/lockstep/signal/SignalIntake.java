package dev.lockstep.signal;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.LeakReport;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Signal;
import dev.lockstep.port.Emergencies;
import dev.lockstep.port.Fingerprints;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Signals;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes a signal of what somebody reports; the leaked value ends here. */
@Component
class SignalIntake implements Signals {

    private final Inventory inventory;
    private final Fingerprints fingerprints;
    private final Emergencies emergencies;
    private final Clock clock;

    SignalIntake(Inventory inventory, Fingerprints fingerprints, Emergencies emergencies, Clock clock) {
        this.inventory = inventory;
        this.fingerprints = fingerprints;
        this.emergencies = emergencies;
        this.clock = clock;
    }

    @Override
    public Incident report(LeakReport report) {
        return emergencies.report(signal(report));
    }

    private Signal signal(LeakReport report) {
        try (SecretValue value = report.value()) {
            known(report.credential());
            String location = report.location() == null ? null : Location.of(report.location());
            withoutValue("note", report.note(), value);
            withoutValue("location", location, value);
            withoutValue("deliveryId", report.deliveryId(), value);
            return new Signal(
                    report.source(),
                    Optional.ofNullable(report.deliveryId())
                            .orElseGet(() -> UUID.randomUUID().toString()),
                    report.kind(),
                    report.confidence(),
                    report.exposure(),
                    location,
                    report.credential(),
                    value == null ? null : fingerprints.of(value),
                    report.reportedBy(),
                    report.note(),
                    clock.instant());
        }
    }

    private void known(@Nullable CredentialName credential) {
        if (credential != null && inventory.find(credential).isEmpty()) {
            throw new InvalidInput("credential", "there is no credential " + credential + "; report the value instead");
        }
    }

    /** What people write is kept, so the value must not be in it. */
    private static void withoutValue(String field, @Nullable String text, @Nullable SecretValue value) {
        if (text != null && Location.holds(text, value)) {
            throw new InvalidInput(field, field + " holds the leaked value itself; put it into the field value only");
        }
    }
}
