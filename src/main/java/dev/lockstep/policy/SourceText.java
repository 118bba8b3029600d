package dev.lockstep.policy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads a configuration file as strict UTF-8 of bounded size, without invisible characters. */
final class SourceText {

    /** The largest file, in bytes. */
    static final int MAX_BYTES = 5 * 1024 * 1024;

    /** The longest line, in characters: the time that the YAML scanner takes grows with the square of it. */
    static final int LONGEST_LINE = 64 * 1024;

    private SourceText() {}

    /** The text of bytes, of a file or not; empty when it was refused. */
    static Optional<String> read(byte[] bytes, String name, Problems problems) {
        if (bytes.length > MAX_BYTES) {
            problems.add(Place.of(name), "", "is larger than 5 MB", "split it into several files");
            return Optional.empty();
        }
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            problems.add(
                    place(name, text, text.length()),
                    "",
                    "these bytes are not UTF-8",
                    "save the file with the encoding UTF-8");
            return Optional.empty();
        }
        int start = text.length() > 0 && text.charAt(0) == '\ufeff' ? 1 : 0;
        int odd = firstInvisible(text, start);
        if (odd >= 0) {
            problems.add(
                    place(name, text, odd),
                    "",
                    "the invisible character " + codePoint(text, odd) + " is not allowed",
                    "remove it");
            return Optional.empty();
        }
        int end = endOfLongLine(text);
        if (end >= 0) {
            Place place = new Place(name, place(name, text, end).line(), 1);
            problems.add(place, "", "the line is longer than 64 KiB", "break it into several lines");
            return Optional.empty();
        }
        return Optional.of(text.subSequence(start, text.length()).toString());
    }

    private static int endOfLongLine(CharSequence text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length = c == '\n' || c == '\r' ? 0 : length + 1;
            if (length > LONGEST_LINE) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Index of the first character that hides from the reader: control or formatting, such as bidi overrides; or -1.
     */
    static int firstInvisible(CharSequence text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean layout = c == '\n' || c == '\r' || c == '\t';
            int type = Character.getType(c);
            if (!layout
                    && (Character.isISOControl(c)
                            || type == Character.FORMAT
                            || type == Character.LINE_SEPARATOR
                            || type == Character.PARAGRAPH_SEPARATOR)) {
                return i;
            }
        }
        return -1;
    }

    static String codePoint(CharSequence text, int index) {
        return String.format("U+%04X", (int) text.charAt(index));
    }

    private static Place place(String name, CharSequence text, int index) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < index; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new Place(name, line, column);
    }
}
