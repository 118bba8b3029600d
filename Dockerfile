# Lockstep in a container. Configuration is expected in /etc/lockstep; what has to last is kept in /var/lib/lockstep.

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /build
COPY .mvn .mvn
COPY pom.xml LICENSE ./
COPY processes processes
COPY forms forms
COPY config/schemas config/schemas
COPY src/main src/main
RUN mvn -B -ntp -Dspotless.check.skip -Dmaven.test.skip package \
 && java -Djarmode=tools -jar target/lockstep.jar extract --layers --destination layers

FROM eclipse-temurin:17-jre
RUN groupadd --system --gid 10001 lockstep \
 && useradd --system --uid 10001 --gid lockstep --home-dir /var/lib/lockstep --shell /usr/sbin/nologin lockstep \
 && install --directory --owner=lockstep --group=lockstep --mode=0700 /var/lib/lockstep \
 && install --directory /etc/lockstep
WORKDIR /opt/lockstep
COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./
# The command line, as `lockstep` on the path.
COPY --from=build /build/target/lockstep-cli/ ./cli/
RUN ln -s /opt/lockstep/cli/bin/lockstep /usr/local/bin/lockstep
ENV LOCKSTEP_DATA_DIR=/var/lib/lockstep \
    LOCKSTEP_CONFIG_DIR=/etc/lockstep \
    JAVA_TOOL_OPTIONS="-XX:+UseSerialGC -XX:MaxRAMPercentage=70"
USER lockstep
VOLUME /var/lib/lockstep
EXPOSE 8080
# The image has no curl, and a JVM for each check would cost more than what is checked.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 CMD ["bash", "-c", \
  "exec 3<>/dev/tcp/127.0.0.1/8080; printf 'GET /actuator/health/readiness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3; head -n 1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "-jar", "lockstep.jar"]
