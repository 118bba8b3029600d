package dev.lockstep.signal.scan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.lockstep.domain.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** How the report of a scanner is written. */
public enum ScanFormat {
    /** {@code gitleaks --report-format json}: one list of objects. */
    GITLEAKS("gitleaks") {
        @Override
        void all(JsonParser parser, Consumer<ScanFinding> taker) throws IOException {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw refused("a report of gitleaks is a JSON list; write it with --report-format json");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                take(parser, FlatObject::gitleaks, taker);
            }
            if (parser.nextToken() != null) {
                throw refused("something stands after the end of the list");
            }
        }
    },

    /** {@code trufflehog --json}: one object a line. */
    TRUFFLEHOG("trufflehog") {
        @Override
        void all(JsonParser parser, Consumer<ScanFinding> taker) throws IOException {
            while (parser.nextToken() != null) {
                take(parser, FlatObject::truffleHog, taker);
            }
        }
    };

    private static final int DEEPEST = 64;
    private static final int LONGEST_TEXT = 1024 * 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final String label;

    ScanFormat(String label) {
        this.label = label;
    }

    /** The formats by their names. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(format -> format.label).toList();
    }

    /** A format by its name. */
    public static ScanFormat of(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("format", "format is one of " + String.join(", ", labels())));
    }

    /** Makes a finding of the fields of an object. */
    interface Reading {
        ScanFinding of(FlatObject object);
    }

    /**
     * Reads findings one by one; keeps none. A byte order mark and fields that are not needed do no harm.
     *
     * @throws InvalidInput when it is no such report; the message quotes nothing of it
     */
    public void read(InputStream report, Consumer<ScanFinding> taker) throws IOException {
        try (JsonParser parser = JSON.createParser(report).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)) {
            all(parser, taker);
        } catch (JsonProcessingException malformed) {
            throw refused("the report is no JSON, or is cut off, nested too deeply or has too long a text, in line "
                    + line(malformed));
        }
    }

    abstract void all(JsonParser parser, Consumer<ScanFinding> taker) throws IOException;

    static void take(JsonParser parser, Reading reading, Consumer<ScanFinding> taker) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw refused("a finding is an object, and something else stands in line "
                    + parser.currentTokenLocation().getLineNr());
        }
        try (ScanFinding finding = reading.of(FlatObject.read(parser))) {
            taker.accept(finding);
        }
    }

    private static String line(JsonProcessingException malformed) {
        return malformed.getLocation() == null
                ? "1"
                : Integer.toString(malformed.getLocation().getLineNr());
    }

    private static InvalidInput refused(String why) {
        return new InvalidInput("report", why);
    }
}
