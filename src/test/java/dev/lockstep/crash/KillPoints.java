package dev.lockstep.crash;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Where processes are really killed: at the decisive calls, and at a spread of the others that have an effect. */
final class KillPoints {

    private static final Set<String> DECISIVE = Set.of(
            "Target.apply",
            "Target.retire",
            "Dispatch.bind",
            "Versions.promote",
            "Operations.close",
            "Target.disable",
            "Target.enable",
            "Target.create",
            "Target.remove",
            "SecretStore.destroy",
            "Breakers.pause",
            "Checks.found");
    private static final Set<String> READING = Set.of(
            "get",
            "find",
            "in",
            "candidate",
            "current",
            "list",
            "laggards",
            "of",
            "active",
            "read",
            "failures",
            "history",
            "refreshed",
            "byDelivery",
            "openAbout",
            "signals",
            "affected",
            "settled",
            "emergenciesWaiting",
            "unerased",
            "withFingerprint",
            "readers",
            "unanswered",
            "due",
            "finding",
            "findings",
            "unfollowed",
            "paused",
            "running",
            "faulty");

    private KillPoints() {}

    /** Whether a call changes nothing, so that dying before it is the same as dying after it. */
    static boolean reads(Crossings.Call call) {
        return READING.contains(call.method()) && !call.port().equals("Target");
    }

    /** One place to die. */
    record Point(int number, Side side) {}

    /** @param clean the calls of an undisturbed rotation */
    static List<Point> of(List<Crossings.Call> clean, int many) {
        Set<Point> chosen = new LinkedHashSet<>();
        List<Point> others = new ArrayList<>();
        for (Crossings.Call call : clean) {
            for (Side side : Side.values()) {
                if (DECISIVE.contains(call.label())) {
                    chosen.add(new Point(call.number(), side));
                } else if (!reads(call)) {
                    others.add(new Point(call.number(), side));
                }
            }
        }
        int rest = many - chosen.size();
        for (int i = 0; i < rest; i++) {
            chosen.add(others.get(i * others.size() / rest));
        }
        return spread(List.copyOf(chosen), many);
    }

    private static List<Point> spread(List<Point> chosen, int many) {
        int kept = Math.min(many, chosen.size());
        return IntStream.range(0, kept)
                .mapToObj(i -> chosen.get(i * chosen.size() / kept))
                .toList();
    }
}
