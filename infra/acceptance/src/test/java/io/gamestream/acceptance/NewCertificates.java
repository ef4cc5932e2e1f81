package io.gamestream.acceptance;

import io.gamestream.local.stack.SecuredStack.Certificates;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;

/** A certificate for 127.0.0.1 that signs itself, made by the JDK's keytool for one test. */
final class NewCertificates {

    private static final String PASSWORD = "changeit";
    private static final String ALIAS = "server";

    private NewCertificates() {}

    /** @param directory that the user who runs Postgres can enter */
    static Certificates in(Path directory) throws Exception {
        Path keyStore = directory.resolve("keys.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-ext",
                        "bc=ca:true",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool ended with status " + process.exitValue());
        }
        KeyStore keys = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
        Certificate certificate = keys.getCertificate(ALIAS);
        Path certificatePem = pem(directory.resolve("server.crt"), "CERTIFICATE", certificate.getEncoded());
        Path key = pem(
                directory.resolve("server.key"),
                "PRIVATE KEY",
                keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return new Certificates(
                keyStore,
                trustStore(directory.resolve("trust.p12"), certificate),
                PASSWORD,
                certificatePem,
                key,
                pem(directory.resolve("authority.crt"), "CERTIFICATE", certificate.getEncoded()));
    }

    private static Path trustStore(Path file, Certificate certificate) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry(ALIAS, certificate);
        try (OutputStream out = Files.newOutputStream(file)) {
            trust.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private static Path pem(Path file, String what, byte[] encoded) throws Exception {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
    }
}
