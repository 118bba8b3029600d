package dev.lockstep.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.domain.Digests;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;

/**
 * Writes the oldest entries of the chain into a signed file of their own. A file that a crash has left without a record
 * is put aside and never overwritten.
 *
 * @param most entries of a file
 */
record ArchiveFolder(Path folder, Chain chain, SigningKey key, int most) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORMAT = "lockstep.archive.v1";
    private static final int PAGE = 1000;

    /**
     * Writes entries, recomputing the chain, and reads the file back.
     *
     * @param base the entry before
     * @param last no entry behind this position
     * @param cutoff no entry that was recorded then or later, and none behind one
     * @return what the file holds, not yet signed; the file is on disk
     * @throws IOException when the file cannot be written, or the chain does not hold; no file is left then
     */
    Archive write(Head base, long last, Instant cutoff) throws IOException {
        Files.createDirectories(folder);
        Path part = folder.resolve("audit.part");
        try {
            MessageDigest digest = Digests.sha256();
            Content content = new Content(base);
            try (OutputStream out =
                    new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(part)), digest)) {
                SignedLines lines = new SignedLines(FORMAT, out);
                lines.add(header(base));
                content.copy(last, cutoff, lines);
                lines.sign(key);
            }
            force(part, StandardOpenOption.WRITE);
            Archive archive = content.archive(Digests.hex(digest.digest()));
            Path file = folder.resolve(archive.file());
            putAside(archive.first());
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            force(folder, StandardOpenOption.READ);
            if (!sha256(file).equals(archive.sha256())) {
                throw new IOException("what was written to " + file + " cannot be read back");
            }
            return archive;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private String header(Head base) {
        return JSON.createObjectNode()
                .put("type", "header")
                .put("format", FORMAT)
                .put("first", base.position() + 1)
                .put("previous", base.hash())
                .toString();
    }

    /** What begins there and has no record was left by a crash, or by a database that was restored since. */
    private void putAside(long first) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, name(first, "*"))) {
            for (Path file : left) {
                int number = 1;
                while (Files.exists(file.resolveSibling(file.getFileName() + ".left" + number))) {
                    number++;
                }
                Files.move(file, file.resolveSibling(file.getFileName() + ".left" + number));
            }
        }
    }

    private static String name(long first, String last) {
        return "audit-%012d-%s.jsonl".formatted(first, last);
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest = Digests.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Digests.hex(digest.digest());
    }

    /** What has been copied so far. */
    private final class Content {

        private final Head base;
        private Head end;
        private Instant until = Instant.MIN;

        Content(Head base) {
            this.base = base;
            this.end = base;
        }

        void copy(long last, Instant cutoff, SignedLines lines) throws IOException {
            List<Chain.Link> page = chain.page(end.position(), PAGE);
            while (!page.isEmpty()) {
                for (Chain.Link link : page) {
                    if (link.position() > Math.min(last, base.position() + most)) {
                        return;
                    }
                    StoredEvent event = link.event();
                    if (event == null || link.position() != end.position() + 1 || !link.fits(end)) {
                        throw new IOException("the trail does not hold at position " + (end.position() + 1));
                    }
                    if (!event.recordedAt().isBefore(cutoff)) {
                        return;
                    }
                    lines.add("{\"type\":\"entry\","
                            + new StreamedEntry(link.position(), link.hash(), event)
                                    .json()
                                    .substring(1));
                    end = new Head(link.position(), link.hash());
                    until = event.recordedAt().isAfter(until) ? event.recordedAt() : until;
                }
                page = chain.page(end.position(), PAGE);
            }
        }

        Archive archive(String sha256) throws IOException {
            if (end.equals(base)) {
                throw new IOException("there is nothing to archive behind position " + base.position());
            }
            return new Archive(
                    base.position() + 1,
                    base.hash(),
                    end.position(),
                    end.hash(),
                    until,
                    name(base.position() + 1, "%012d".formatted(end.position())),
                    sha256,
                    "",
                    "",
                    "");
        }
    }
}
