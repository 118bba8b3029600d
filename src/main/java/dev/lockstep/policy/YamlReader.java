package dev.lockstep.policy;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads YAML documents with the place of each value; refuses what makes YAML ambiguous or expensive. */
final class YamlReader {

    private static final int MAX_DEPTH = 20;
    private static final int LONGEST_NUMBER = 40;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final YAMLFactory YAML = factory();

    private final String file;
    private final Problems problems;

    private YamlReader(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    private static YAMLFactory factory() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(SourceText.MAX_BYTES);
        return YAMLFactory.builder()
                .loaderOptions(options)
                .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .build();
    }

    /** The documents of a file that are not empty; none when the file was refused. */
    static List<Node> read(byte[] bytes, String file, Problems problems) {
        Optional<String> text = SourceText.read(bytes, file, problems);
        return text.map(yaml -> new YamlReader(file, problems).documents(yaml)).orElse(List.of());
    }

    private List<Node> documents(String yaml) {
        List<Node> documents = new ArrayList<>();
        int before = problems.reported();
        try (YAMLParser parser = YAML.createParser(yaml)) {
            read(parser, documents);
        } catch (JsonProcessingException e) {
            problems.add(placeOf(e), "", problemOf(e), "correct the YAML; values with special characters need quotes");
        } catch (IOException e) {
            problems.add(Place.of(file), "", "cannot be read", "make it readable for the user that runs Lockstep");
        }
        return problems.reported() == before ? documents : List.of();
    }

    private void read(YAMLParser parser, List<Node> documents) throws IOException {
        try {
            while (parser.nextToken() != null) {
                Node document = value(parser, place(parser), "");
                if (!(document instanceof Node.Scalar scalar) || !scalar.text().isBlank()) {
                    documents.add(document);
                }
            }
        } catch (StreamConstraintsException e) {
            problems.add(place(parser), "", "is nested deeper than " + MAX_DEPTH + " levels", "make it flatter");
        }
    }

    private Node value(YAMLParser parser, Place key, String path) throws IOException {
        Place place = place(parser);
        refuseIndirection(parser, place, path);
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(parser, new Node.Mapping(place, key, path, Map.of()));
            case START_ARRAY -> sequence(parser, place, key, path);
            default -> scalar(parser, place, key, path);
        };
    }

    private Node mapping(YAMLParser parser, Node.Mapping empty) throws IOException {
        Map<String, Node> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Place key = place(parser);
            String path = empty.child(name);
            refuseInvisible(name, key, empty.path());
            refuseIndirection(parser, key, path);
            parser.nextToken();
            Node value = value(parser, key, path);
            Node first = fields.putIfAbsent(name, value);
            if (first != null) {
                problems.add(
                        key,
                        path,
                        "stands here a second time, first in line "
                                + first.key().line(),
                        "remove one of them");
            }
        }
        return new Node.Mapping(empty.place(), empty.key(), empty.path(), fields);
    }

    private Node sequence(YAMLParser parser, Place place, Place key, String path) throws IOException {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser, place(parser), path + '[' + items.size() + ']'));
        }
        return new Node.Sequence(place, key, path, items);
    }

    private Node scalar(YAMLParser parser, Place place, Place key, String path) throws IOException {
        String text = parser.getText();
        refuseInvisible(text, place, path);
        return new Node.Scalar(place, key, path, json(parser, text), text);
    }

    /** A number too long to be meant as one stays text: converting it would take long. */
    private static JsonNode json(YAMLParser parser, String text) throws IOException {
        boolean number = parser.currentToken().isNumeric() && text.length() <= LONGEST_NUMBER;
        return switch (parser.currentToken()) {
            case VALUE_NULL -> JSON.nullNode();
            case VALUE_TRUE -> JSON.booleanNode(true);
            case VALUE_FALSE -> JSON.booleanNode(false);
            case VALUE_NUMBER_INT -> number ? JSON.numberNode(parser.getBigIntegerValue()) : JSON.textNode(text);
            case VALUE_NUMBER_FLOAT -> number ? JSON.numberNode(parser.getDoubleValue()) : JSON.textNode(text);
            default -> JSON.textNode(text);
        };
    }

    private void refuseIndirection(YAMLParser parser, Place place, String path) throws IOException {
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            problems.add(place, path, "anchors and aliases (& and *) are not supported", "write the value out");
        } else if (parser.getTypeId() != null) {
            problems.add(place, path, "tags (!) are not supported", "remove the tag");
        }
    }

    private void refuseInvisible(String text, Place place, String path) {
        int odd = SourceText.firstInvisible(text, 0);
        if (odd >= 0) {
            String character = SourceText.codePoint(text, odd);
            problems.add(place, path, "the invisible character " + character + " is not allowed", "remove it");
        }
    }

    private Place place(YAMLParser parser) {
        JsonLocation location = parser.currentTokenLocation();
        return new Place(file, location.getLineNr(), location.getColumnNr());
    }

    private Place placeOf(JsonProcessingException e) {
        if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
            Mark mark = yaml.getProblemMark();
            return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
        }
        JsonLocation location = e.getLocation();
        return location == null ? Place.of(file) : new Place(file, location.getLineNr(), location.getColumnNr());
    }

    /** The parser's own text quotes the file, which could carry a secret; its problem alone does not. */
    private static String problemOf(JsonProcessingException e) {
        String problem = e.getCause() instanceof MarkedYAMLException yaml ? yaml.getProblem() : null;
        return "is not valid YAML" + (problem == null ? "" : ": " + problem);
    }
}
