package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Notice;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.MissedAges;
import dev.lockstep.port.MissedAges.Missed;
import dev.lockstep.port.Notifier;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells the escalation group of each policy which secrets have passed its maximum age; of each once. */
@Component
public class ReportMissedAges {

    /** Most that one look tells about; the next look takes the rest. */
    private static final int MOST = 500;

    private static final int NAMED = 20;

    private final MissedAges ages;
    private final Catalog catalog;
    private final ObjectProvider<Notifier> notifier;
    private final Clock clock;

    ReportMissedAges(MissedAges ages, Catalog catalog, ObjectProvider<Notifier> notifier, Clock clock) {
        this.ages = ages;
        this.catalog = catalog;
        this.notifier = notifier;
        this.clock = clock;
    }

    /** In the caller's transaction: many that miss it together are one notice. */
    public void run() {
        Map<String, List<Missed>> byPolicy = new TreeMap<>();
        for (Missed missed : ages.untold(clock.instant(), MOST)) {
            if (ages.tell(missed)) {
                catalog.credential(missed.credential())
                        .ifPresent(credential -> byPolicy.computeIfAbsent(
                                        credential.policy().name(), name -> new ArrayList<>())
                                .add(missed));
            }
        }
        byPolicy.values()
                .forEach(missed -> catalog.credential(missed.get(0).credential())
                        .ifPresent(credential -> tell(credential, missed)));
    }

    private void tell(Credential one, List<Missed> missed) {
        String policy = one.policy().name();
        String what = missed.size() == 1
                ? one.name() + " has passed the maximum age of policy " + policy
                : missed.size() + " secrets have passed the maximum age of policy " + policy;
        String names = missed.stream()
                .limit(NAMED)
                .map(each -> each.credential() + " since " + each.since().truncatedTo(ChronoUnit.SECONDS))
                .collect(Collectors.joining("\n"));
        String more = missed.size() > NAMED ? "\nand " + (missed.size() - NAMED) + " more" : "";
        notifier.ifAvailable(channels -> channels.tell(new Notice(
                "credential.too-old",
                "high",
                one.policy().escalation().group(),
                what,
                what + ":\n" + names + more
                        + "\nRotate by hand, or look for what holds the rotation up: an open operation, a blackout, a"
                        + " target that is down.",
                missed.size() == 1 ? "/credentials/" + one.name() : "/")));
    }
}
