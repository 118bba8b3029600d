package dev.lockstep.crash;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Keeps thousands of planned failures off the console, and gives it back to the tests that read it. */
final class QuietConsole {

    private QuietConsole() {}

    static void begin() {
        each(console -> {
            Silence silence = new Silence();
            silence.start();
            console.addFilter(silence);
        });
    }

    static void end() {
        each(ConsoleAppender::clearAllFilters);
    }

    private static void each(Consumer<ConsoleAppender<ILoggingEvent>> use) {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.iteratorForAppenders().forEachRemaining(appender -> {
            if (appender instanceof ConsoleAppender<ILoggingEvent> console) {
                use.accept(console);
            }
        });
    }

    private static final class Silence extends Filter<ILoggingEvent> {

        @Override
        public FilterReply decide(ILoggingEvent event) {
            return FilterReply.DENY;
        }
    }
}
