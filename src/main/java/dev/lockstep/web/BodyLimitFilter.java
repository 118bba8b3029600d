package dev.lockstep.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads no more than so many bytes of a body, announced or not. */
final class BodyLimitFilter extends OncePerRequestFilter {

    static final int MOST = 64 * 1024;

    /** A model with its diagram, and what belongs to it; the container counts the parts while it reads them. */
    private static final int MOST_OF_UPLOADS = 4 * 1024 * 1024;

    /** As large as a file of the configuration may be, and a little more, so that it is refused with its own words. */
    private static final int MOST_OF_IMPORTS = 6 * 1024 * 1024;

    /** A report may hold many findings. */
    private static final int MOST_OF_REPORTS = 1024 * 1024;

    /** What a scanner finds in a large history; read as a stream. */
    static final int MOST_OF_SCANS = 256 * 1024 * 1024;

    private static final String SCANS = "/api/v1/signals/reports";

    private static final String HOOKS = "/api/v1/hooks/";

    private static final String IMPORT = "/api/v1/inventory/import";

    private static final Set<String> UPLOADS =
            Set.of("/api/v1/processes/dry-run", "/processes/try", "/incidents/import");

    private static final String PLANS = "/api/v1/plans";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean upload = UPLOADS.contains(request.getServletPath());
        int most = most(request.getServletPath());
        if (request.getContentLengthLong() > most) {
            ProblemWriter.write(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, tooLarge(most), "body");
        } else {
            chain.doFilter(upload ? request : new Limited(request, most), response);
        }
    }

    private static int most(String path) {
        if (UPLOADS.contains(path)) {
            return MOST_OF_UPLOADS;
        }
        if (path.startsWith(HOOKS)) {
            return MOST_OF_REPORTS;
        }
        return switch (path) {
            case SCANS -> MOST_OF_SCANS;
            case IMPORT -> MOST_OF_IMPORTS;
            case PLANS -> PostedFiles.MOST;
            default -> MOST;
        };
    }

    static String tooLarge() {
        return tooLarge(MOST);
    }

    private static String tooLarge(int most) {
        return "A body has at most " + most + " bytes.";
    }

    private static final class Limited extends HttpServletRequestWrapper {

        private final int most;

        Limited(HttpServletRequest request, int most) {
            super(request);
            this.most = most;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new LimitedStream(super.getInputStream(), most);
        }
    }

    private static final class LimitedStream extends ServletInputStream {

        private final ServletInputStream body;
        private long left;

        LimitedStream(ServletInputStream body, int most) {
            this.body = body;
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            int value = body.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = body.read(into, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) throws IOException {
            left -= read;
            if (left < 0) {
                throw new BodyTooLarge();
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
