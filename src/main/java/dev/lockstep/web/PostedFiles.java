package dev.lockstep.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.Configurations.Candidate;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Reads the configuration files that somebody sends; each has a size, and so have all together. */
final class PostedFiles {

    /** The largest body, as it is sent. */
    static final int MOST = 32 * 1024 * 1024;

    private static final int MOST_FILE = 5 * 1024 * 1024;
    private static final long MOST_UNPACKED = 64L * 1024 * 1024;
    private static final int MOST_FILES = 20_000;
    private static final Pattern NAME =
            Pattern.compile("(?:[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,127}/){0,8}" + "[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,127}");
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(2)
                    .maxStringLength(MOST_FILE)
                    .build())
            .build();

    private final Map<String, byte[]> files = new TreeMap<>();
    private long size;

    private PostedFiles() {}

    static Candidate read(HttpServletRequest request, boolean merge, @Nullable String commit) throws IOException {
        InputStream body = request.getInputStream();
        @Nullable MediaType type = type(request);
        if (type == null) {
            if (body.read() >= 0) {
                throw new InvalidInput(
                        "Content-Type",
                        "send application/json, application/yaml or application/zip, or no body at all");
            }
            if (merge) {
                throw new InvalidInput("merge", "there are no files to be laid over those in force");
            }
            return new Candidate(null, false, commit);
        }
        PostedFiles posted = new PostedFiles();
        if (type.isCompatibleWith(MediaType.APPLICATION_JSON)) {
            posted.json(body);
        } else if (type.getSubtype().endsWith("yaml")) {
            posted.add("posted.yaml", body.readNBytes(MOST_FILE + 1));
        } else if (type.getSubtype().contains("zip")) {
            posted.zip(body);
        } else {
            throw new InvalidInput("Content-Type", "send application/json, application/yaml or application/zip");
        }
        if (posted.files.isEmpty()) {
            throw new InvalidInput("body", "it holds no file whose name ends with .yaml, .yml or .ics");
        }
        return new Candidate(posted.files, merge, commit);
    }

    private static @Nullable MediaType type(HttpServletRequest request) {
        String type = request.getContentType();
        try {
            return type == null || type.isBlank() ? null : MediaType.parseMediaType(type);
        } catch (InvalidMediaTypeException e) {
            throw new InvalidInput("Content-Type", "is no media type");
        }
    }

    private void json(InputStream body) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidInput("body", "a JSON object that maps file names to texts is expected");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() != JsonToken.VALUE_STRING) {
                    throw new InvalidInput("body", "the value of each file name is its text");
                }
                add(name, parser.getText().getBytes(StandardCharsets.UTF_8));
            }
            if (parser.nextToken() != null) {
                throw new InvalidInput("body", "something stands after the end of the object");
            }
        } catch (JsonProcessingException e) {
            throw new InvalidInput(
                    "body", "is no JSON object that maps file names to texts of at most 5 MB, each once");
        }
    }

    private void zip(InputStream body) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(body, StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    add(entry.getName(), zip.readNBytes(MOST_FILE + 1));
                }
            }
        } catch (ZipException | IllegalArgumentException e) {
            if (e instanceof InvalidInput refused) {
                throw refused;
            }
            throw new InvalidInput("body", "is no zip file that can be read");
        }
    }

    /** Other files may lie beside those that count. */
    private void add(String name, byte[] bytes) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInput(
                    "body",
                    "the name of a file is relative, like credentials/orders.yaml: letters, digits and the characters"
                            + " . _ - + @, no part beginning with a point");
        }
        if (Stream.of(".yaml", ".yml", ".ics").noneMatch(name::endsWith)) {
            return;
        }
        size += bytes.length;
        if (bytes.length > MOST_FILE || size > MOST_UNPACKED || files.size() >= MOST_FILES) {
            throw new InvalidInput("body", "a file has at most 5 MB, all together 64 MB, and there are 20,000 at most");
        }
        if (files.put(name, bytes) != null) {
            throw new InvalidInput("body", "the file " + name + " is there twice");
        }
    }
}
