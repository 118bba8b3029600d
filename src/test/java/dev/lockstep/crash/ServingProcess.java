package dev.lockstep.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The main class of a process that serves one credential, with dispatcher and job executor, until it is ended. */
final class ServingProcess {

    private static final PrintStream OUT = System.out;

    private ServingProcess() {}

    /** @param settings of the node, as {@code name=value} */
    public static void main(String[] settings) throws IOException, InterruptedException {
        Map<String, Object> known = new HashMap<>(KilledProcess.parsed(settings));
        known.put("lockstep.dispatch", "true");
        known.put("camunda.bpm.job-execution.enabled", "true");
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            String[] order = in.readLine().split(" ", -1);
            Node node = Node.start(known, Map.of());
            Scenario scenario = Scenario.valueOf(order[0]);
            scenario.configure(node.catalog(), scenario.credential(order[1], order[2], order[3]));
            OUT.println(KilledProcess.READY);
            new CountDownLatch(1).await();
        }
    }
}
