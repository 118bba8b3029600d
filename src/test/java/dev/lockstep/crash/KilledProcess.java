package dev.lockstep.crash;

import dev.lockstep.domain.Credential;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The main class of a process that begins one rotation and is halted in the middle of it. */
final class KilledProcess {

    /** The status with which it dies. */
    static final int STATUS = 137;

    static final String READY = "READY";
    static final String DIED_AT = "DIED AT ";

    private static final PrintStream OUT = System.out;

    private KilledProcess() {}

    /**
     * Starts a node, says that it is ready, reads one line and does what it says.
     *
     * @param settings of the node, as {@code name=value}
     */
    public static void main(String[] settings) throws IOException {
        try (Node node = Node.start(parsed(settings), Map.of());
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            OUT.println(READY);
            String order = in.readLine();
            if (order != null && !order.isEmpty()) {
                rotate(node, order.split(" ", -1));
            }
        }
    }

    static Map<String, Object> parsed(String[] settings) {
        Map<String, Object> known = new HashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            known.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return known;
    }

    /** @param order as {@link Victim#order} writes it */
    private static void rotate(Node node, String[] order) {
        Scenario scenario = Scenario.valueOf(order[0]);
        Credential credential = scenario.credential(order[1], order[2], order[3]);
        int point = Integer.parseInt(order[4]);
        Side side = Side.valueOf(order[5]);
        node.set(Instant.parse(order[6]));
        scenario.configure(node.catalog(), credential);
        Fault fault = new Fault(point, side, Mode.KILL);
        node.crossings().begin((call, metOn) -> {
            if (call.number() == point && metOn == side) {
                OUT.println(DIED_AT + call.label());
            }
            fault.meet(call, metOn);
        });
        new Journey(node, new Trial(scenario, credential, node.bean(JdbcClient.class)), false).turn();
    }
}
