package dev.lockstep.process;

import dev.lockstep.domain.Finding;
import dev.lockstep.port.Checks;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Has each finding followed up by one instance of the drift process, and lets go of those whose finding is over. */
@Component
class Drifts {

    private static final String PROCESS = "drift";
    private static final String GONE = "DriftGone";

    /** So many begin at one tick; the next takes the rest. */
    private static final int BATCH = 50;

    private static final int MOST = 2000;

    private final Checks checks;
    private final Followers followers;

    Drifts(Checks checks, Followers followers) {
        this.checks = checks;
        this.followers = followers;
    }

    /** Does what has not been done yet, in the caller's transaction. */
    void followUp() {
        Set<String> wanted = checks.findings(MOST).stream()
                .map(Finding::followedBy)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        followers.letGo(PROCESS, wanted, GONE);
        checks.unfollowed(BATCH).forEach(this::follow);
    }

    private void follow(Finding finding) {
        String name = finding.credential().value();
        String instance = followers.start(PROCESS, name, Map.of(ModelVariables.CREDENTIAL, name));
        if (!checks.followed(finding, instance)) {
            throw new IllegalStateException("somebody else follows up " + name);
        }
    }
}
