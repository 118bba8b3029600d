package dev.lockstep.web;

import dev.lockstep.domain.InvalidInput;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Takes no more than a page can show. */
final class Bounded extends FilterOutputStream {

    private long left;

    Bounded(OutputStream out, long most) {
        super(out);
        this.left = most;
    }

    @Override
    public void write(int value) throws IOException {
        count(1);
        out.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        count(length);
        out.write(bytes, offset, length);
    }

    private void count(int more) {
        left -= more;
        if (left < 0) {
            throw new InvalidInput(
                    "from", "this is more than a page can show; take a shorter time, or the export as JSON Lines");
        }
    }
}
