package dev.lockstep.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** The process {@code lockstep}. */
public final class Main {

    /** The launcher tells how wide the terminal is; nothing when the output goes elsewhere. */
    static final String COLUMNS = "lockstep.columns";

    private Main() {}

    /** Runs one command and ends with its exit code. */
    public static void main(String[] arguments) {
        PrintWriter out = writer(FileDescriptor.out);
        PrintWriter err = writer(FileDescriptor.err);
        Terminal terminal = Terminal.of(
                out,
                err,
                new FileInputStream(FileDescriptor.in),
                Integer.getInteger(COLUMNS, 0),
                System.getenv(),
                Clock.systemUTC());
        int code = Lockstep.run(terminal, arguments);
        out.flush();
        err.flush();
        System.exit(code);
    }

    private static PrintWriter writer(FileDescriptor stream) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8));
    }
}
