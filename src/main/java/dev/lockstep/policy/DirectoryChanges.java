package dev.lockstep.policy;

import dev.lockstep.domain.Conflict;
import dev.lockstep.port.Configurations.Applied;
import dev.lockstep.port.Configurations.Plan;
import dev.lockstep.port.RefusedConfiguration;
import dev.lockstep.port.RefusedConfiguration.Flaw;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of files that differ from what is in force: nothing before they lie still, then a plan, or they are
 * applied. Used by one thread.
 */
final class DirectoryChanges {

    private static final Logger log = LoggerFactory.getLogger(DirectoryChanges.class);
    private static final int HISTORY = 200;
    private static final int LOGGED = 10;
    private static final String LOCKSTEP = "lockstep";

    private final ConfigurationDesk desk;
    private final ConfigurationFiles files;
    private final PolicyProperties.Reload mode;
    private final Clock clock;
    private @Nullable String lastSignature;
    private @Nullable Handled handled;
    /** Digest of the files when they were last looked at: what has not changed since is nobody's wish. */
    private @Nullable String lastDigest;

    /** What has been dealt with: these files, compared with this configuration. */
    private record Handled(String signature, String inForce) {}

    DirectoryChanges(ConfigurationDesk desk, ConfigurationFiles files, PolicyProperties.Reload mode, Clock clock) {
        this.desk = desk;
        this.files = files;
        this.mode = mode;
        this.clock = clock;
    }

    void look() {
        boolean first = handled == null;
        if (!first && mode == PolicyProperties.Reload.OFF) {
            return;
        }
        Optional<String> signature = files.signature();
        if (signature.isEmpty()) {
            return;
        }
        boolean still = (first && lastSignature == null) || signature.get().equals(lastSignature);
        lastSignature = signature.get();
        Handled now = new Handled(signature.get(), desk.digest());
        if (still && !now.equals(handled)) {
            handle(now);
        }
    }

    private void handle(Handled now) {
        Problems problems = new Problems();
        Sources sources = files.read(problems);
        if (!files.signature().equals(Optional.of(now.signature()))) {
            return;
        }
        String digest = sources.digest();
        @Nullable String commit = files.commit().orElse(null);
        try {
            Watched.Seen seen = digest.equals(now.inForce())
                    ? new Watched.Seen(digest, commit, null, null, List.of(), null)
                    : differs(sources, problems, digest, commit);
            desk.watched().saw(seen);
        } catch (RefusedConfiguration refused) {
            refused(refused.flaws(), commit);
        } catch (Conflict meanwhile) {
            return;
        }
        lastDigest = digest;
        handled = new Handled(now.signature(), desk.digest());
    }

    private Watched.Seen differs(Sources sources, Problems problems, String digest, @Nullable String commit) {
        Plan plan = desk.plan(sources, problems, new PlanMaker.Origin(files.origin(), commit), LOCKSTEP);
        if (mode == PolicyProperties.Reload.PLAN) {
            log.info(
                    "the files in {} differ from what is in force ({}); plan {} waits to be applied",
                    files.origin(),
                    plan.summary(),
                    plan.id());
            return new Watched.Seen(digest, commit, plan.id(), null, List.of(), null);
        }
        @Nullable String reason = reasonToWait(digest, commit);
        if (reason != null) {
            log.warn(
                    "the files in {} are not applied: {}; plan {} can be applied by hand",
                    files.origin(),
                    reason,
                    plan.id());
            return new Watched.Seen(digest, commit, plan.id(), reason, List.of(), null);
        }
        Applied applied = desk.apply(plan, LOCKSTEP);
        log.info(
                "the files in {} were applied as configuration {}: {}",
                files.origin(),
                applied.id(),
                applied.summary());
        return new Watched.Seen(digest, commit, null, null, List.of(), null);
    }

    /** Old files of one node must not take back what was applied from elsewhere. */
    private @Nullable String reasonToWait(String digest, @Nullable String commit) {
        if (digest.equals(lastDigest)) {
            return "they have not changed since something else was applied";
        }
        List<Applied> history = desk.history(HISTORY);
        boolean own = history.stream()
                .filter(Applied::inForce)
                .anyMatch(applied -> applied.origin().equals(files.origin()));
        boolean superseded = history.stream()
                .filter(applied -> !applied.inForce() && applied.digest().equals(digest))
                .anyMatch(applied -> !own || (commit != null && Objects.equals(applied.commit(), commit)));
        return superseded ? "they are an earlier configuration, which was replaced since" : null;
    }

    private void refused(List<Flaw> flaws, @Nullable String commit) {
        Watched.Seen before = desk.watched().seen();
        Instant since = before.since() == null ? clock.instant() : before.since();
        desk.watched().saw(new Watched.Seen(null, commit, null, null, flaws, since));
        if (!before.problems().equals(flaws)) {
            StringBuilder lines = new StringBuilder();
            flaws.stream()
                    .limit(LOGGED)
                    .forEach(flaw -> lines.append(System.lineSeparator()).append(flaw));
            log.error(
                    "the files in {} are refused because of {} errors, and the last good configuration stays in force:{}",
                    files.origin(),
                    flaws.size(),
                    lines);
        }
    }
}
