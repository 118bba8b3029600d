package dev.lockstep.observe;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.port.Readings;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Nobody reads; one stranger did. */
final class FakeReadings implements Readings {

    @Override
    public Map<Question, Standing> look(Collection<Question> questions) {
        return Map.of();
    }

    @Override
    public Map<Reading, Standing> record(Collection<Reading> readings) {
        return Map.of();
    }

    @Override
    public void confirm(Reading reading) {}

    @Override
    public void again(Map<Reading, Integer> readings) {}

    @Override
    public void note(Map<Oddity, Integer> oddities) {}

    @Override
    public List<Finding> findings(CredentialName credential) {
        return List.of();
    }

    @Override
    public Map<Oddity.Kind, Long> counts(Instant since) {
        return Map.of(Oddity.Kind.UNREGISTERED_READER, 1L);
    }

    @Override
    public List<Copy> copies(CredentialName credential) {
        return List.of();
    }
}
