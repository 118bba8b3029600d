package dev.lockstep.policy;

import dev.lockstep.domain.Digests;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The files of one configuration, read once, so that what is checked, hashed and kept is the same.
 *
 * @param shown what stands before a file's name in messages
 * @param files bytes by name, relative to the directory, with {@code /}
 */
record Sources(String shown, SortedMap<String, byte[]> files) {

    private static final int HEX = 16;

    Sources {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    static Sources of(Map<String, byte[]> files) {
        return new Sources("", new TreeMap<>(files));
    }

    /** The files of a directory; what is wrong with it is reported. */
    static Sources in(String directory, Problems problems) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (Path file : SourceFiles.in(directory, problems)) {
            try (InputStream in = Files.newInputStream(file)) {
                files.put(name(directory, file), in.readNBytes(SourceText.MAX_BYTES + 1));
            } catch (IOException e) {
                problems.add(
                        Place.of(file.toString()),
                        "",
                        "cannot be read",
                        "make it readable for the user that runs Lockstep");
            }
        }
        return new Sources(prefix(directory), files);
    }

    /** What stands before the names of a directory's files in messages. */
    static String prefix(String directory) {
        String path = directory.isBlank() ? "" : Path.of(directory).normalize().toString();
        return path.isEmpty() ? "" : path + "/";
    }

    private static String name(String directory, Path file) {
        return Path.of(directory).normalize().relativize(file).toString().replace('\\', '/');
    }

    /** The files with documents; the others are calendars. */
    SortedMap<String, byte[]> documents() {
        SortedMap<String, byte[]> documents = new TreeMap<>(files);
        documents.keySet().removeIf(SourceFiles::isCalendar);
        return documents;
    }

    /** How a file is called in messages. */
    String label(String name) {
        return shown + name;
    }

    /** These files laid under others; one that is empty there is taken away. */
    Sources under(Map<String, byte[]> others) {
        SortedMap<String, byte[]> all = new TreeMap<>(files);
        others.forEach((name, bytes) -> {
            if (bytes.length == 0) {
                all.remove(name);
            } else {
                all.put(name, bytes);
            }
        });
        return new Sources(shown, all);
    }

    /** The same for the same names and bytes, wherever they lie: 64 hexadecimal digits. */
    String digest() {
        MessageDigest sha = Digests.sha256();
        files.forEach((name, bytes) -> {
            byte[] label = (name.length() + ":" + name + bytes.length + ":").getBytes(StandardCharsets.UTF_8);
            sha.update(label);
            sha.update(bytes);
        });
        return Digests.hex(sha.digest());
    }

    /** A digest in its short form, for people. */
    static String brief(String digest) {
        return digest.substring(0, Math.min(HEX, digest.length()));
    }

    /** All files in one, compressed. */
    byte[] packed() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(packed))) {
            out.writeInt(files.size());
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                out.writeUTF(file.getKey());
                out.writeInt(file.getValue().length);
                out.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** What {@link #packed} made. */
    static Sources unpacked(byte[] packed) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(packed)))) {
            for (int left = in.readInt(); left > 0; left--) {
                String name = in.readUTF();
                files.put(name, in.readNBytes(in.readInt()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a kept configuration is damaged", e);
        }
        return new Sources("", files);
    }
}
