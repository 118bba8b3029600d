package dev.lockstep.port;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the reports of secret scanners. */
public interface ScanReports {

    /** The formats that are understood, for example {@code gitleaks}. */
    List<String> formats();

    /**
     * Reads a report to its end, however long it is, and then begins the emergency of each credential of ours whose
     * value is in it, once for all its findings. The same report again is the same signals.
     *
     * @param exposure who can see what was scanned
     * @param by who sends it
     * @throws dev.lockstep.domain.InvalidInput when it is no such report; then nothing was done
     */
    Result take(String format, Signal.Exposure exposure, String by, InputStream report) throws IOException;

    /**
     * What was found.
     *
     * @param findings how many the report has
     * @param matched how many are the value of a credential of ours
     * @param incidents the incidents that they belong to
     * @param lines findings of one rule at one place each, those of ours first
     * @param unlisted how many findings are counted, but in no line
     */
    record Result(long findings, long matched, List<String> incidents, List<Line> lines, long unlisted) {
        public Result {
            incidents = List.copyOf(incidents);
            lines = List.copyOf(lines);
        }
    }

    /**
     * Findings of one rule at one place.
     *
     * @param credentials that have or had the value; none when it is not one of ours
     * @param incident null when it is not one of ours
     * @param times how often
     */
    record Line(
            String rule,
            String place,
            List<CredentialName> credentials,
            @Nullable String incident,
            long times) {
        public Line {
            credentials = List.copyOf(credentials);
        }
    }
}
