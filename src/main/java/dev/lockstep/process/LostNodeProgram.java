package dev.lockstep.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** How another process of this installation is started: from the packaged jar, or from a class path. */
@Component
class LostNodeProgram {

    private static final String MAIN = "dev.lockstep.LostNode";
    private static final String LOADER = "org.springframework.boot.loader.launch.PropertiesLauncher";

    private final String classPath;

    LostNodeProgram(@Value("#{systemProperties['java.class.path']}") String classPath) {
        this.classPath = classPath;
    }

    List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Duser.timezone=UTC"));
        if (packaged()) {
            command.add("-Dloader.main=" + MAIN);
        }
        command.addAll(List.of("-cp", classPath, packaged() ? LOADER : MAIN));
        return command;
    }

    private static boolean packaged() {
        return LostNodeProgram.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()
                .contains("nested:");
    }
}
