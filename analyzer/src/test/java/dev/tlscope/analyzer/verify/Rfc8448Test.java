package dev.tlscope.analyzer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.crypto.Hkdf;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.analyzer.protection.RecordCheck;
import dev.tlscope.analyzer.schedule.Check;
import dev.tlscope.analyzer.schedule.Check.Verdict;
import dev.tlscope.analyzer.schedule.ExporterSecret;
import dev.tlscope.analyzer.schedule.KeySchedule;
import dev.tlscope.analyzer.schedule.Negotiation;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simple 1-RTT handshake of RFC 8448, 3, as in a client's capture. */
class Rfc8448Test {
    private static final String CLIENT_HELLO = "010000c00303cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef62"
            + "83024dece7000006130113031302010000910000000b0009000006736572766572ff01000100000a00140012001d0017001800190100"
            + "010101020103010400230000003300260024001d002099381de560e4bd43d23d8e435a7dbafeb3c06e51c13cae4d5413691e529aaf2c"
            + "002b0003020304000d0020001e040305030603020308040805080604010501060102010402050206020202002d00020101001c000240"
            + "01";
    private static final String SERVER_HELLO = "020000560303a6af06a4121860dc5e6e60249cd34c95930c8ac5cb1434dac155772e"
            + "d3e2692800130100002e00330024001d0020c9828876112095fe66762bdbf7c672e156d6cc253b833df1dd69b1b04e751f0f002b0002"
            + "0304";
    /** EncryptedExtensions, Certificate, CertificateVerify, Finished. */
    private static final String SERVER_FLIGHT = "080000240022000a00140012001d00170018001901000101010201030104001c0002"
            + "4001000000000b0001b9000001b50001b0308201ac30820115a003020102020102300d06092a864886f70d01010b0500300e310c300a"
            + "06035504031303727361301e170d3136303733303031323335395a170d3236303733303031323335395a300e310c300a060355040313"
            + "0372736130819f300d06092a864886f70d010101050003818d0030818902818100b4bb498f8279303d980836399b36c6988c0c68de55"
            + "e1bdb826d3901a2461eafd2de49a91d015abbc9a95137ace6c1af19eaa6af98c7ced43120998e187a80ee0ccb0524b1b018c3e0b6326"
            + "4d449a6d38e22a5fda430846748030530ef0461c8ca9d9efbfae8ea6d1d03e2bd193eff0ab9a8002c47428a6d35a8d88d79f7f1e3f02"
            + "03010001a31a301830090603551d1304023000300b0603551d0f0404030205a0300d06092a864886f70d01010b05000381810085aad2"
            + "a0e5b9276b908c65f73a7267170618a54c5f8a7b337d2df7a594365417f2eae8f8a58c8f8172f9319cf36b7fd6c55b80f21a03015156"
            + "726096fd335e5e67f2dbf102702e608ccae6bec1fc63a42a99be5c3eb7107c3c54e9b9eb2bd5203b1c3b84e0a8b2f759409ba3eac9d9"
            + "1d402dcc0cc8f8961229ac9187b42b4de100000f000084080400805a747c5d88fa9bd2e55ab085a61015b7211f824cd484145ab3ff52"
            + "f1fda8477b0b7abc90db78e2d33a5c141a078653fa6bef780c5ea248eeaaa785c4f394cab6d30bbe8d4859ee511f602957b15411ac02"
            + "7671459e46445c9ea58c181e818e95b8c3fb0bf3278409d3be152a3da5043e063dda65cdf5aea20d53dfacd42f74f3140000209b9b14"
            + "1d906337fbd2cbdce71df4deda4ab42c309572cb7fffee5454b78f0718";

    private static final String SERVER_RECORD = "17030302a2d1ff334a56f5bff6594a07cc87b580233f500f45e489e7f33af35edf78"
            + "69fcf40aa40aa2b8ea73f848a7ca07612ef9f945cb960b4068905123ea78b111b429ba9191cd05d2a389280f526134aadc7fc78c4b72"
            + "9df828b5ecf7b13bd9aefb0e57f271585b8ea9bb355c7c79020716cfb9b1183ef3ab20e37d57a6b9d7477609aee6e122a4cf51427325"
            + "250c7d0e509289444c9b3a648f1d71035d2ed65b0e3cdd0cbae8bf2d0b227812cbb360987255cc744110c453baa4fcd610928d809810"
            + "e4b7ed1a8fd991f06aa6248204797e36a6a73b70a2559c09ead686945ba246ab66e5edd8044b4c6de3fcf2a89441ac66272fd8fb330e"
            + "f8190579b3684596c960bd596eea520a56a8d650f563aad27409960dca63d3e688611ea5e22f4415cf9538d51a200c27034272968a26"
            + "4ed6540c84838d89f72c24461aad6d26f59ecaba9acbbb317b66d902f4f292a36ac1b639c637ce343117b659622245317b49eeda0c62"
            + "58f100d7d961ffb138647e92ea330faeea6dfa31c7a84dc3bd7e1b7a6c7178af36879018e3f252107f243d243dc7339d5684c8b0378b"
            + "f30244da8c87c843f5e56eb4c5e8280a2b48052cf93b16499a66db7cca71e4599426f7d461e66f99882bd89fc50800becca62d6c7411"
            + "6dbd2972fda1fa80f85df881edbe5a37668936b335583b599186dc5c6918a396fa48a181d6b6fa4f9d62d513afbb992f2b992f67f8af"
            + "e67f76913fa388cb5630c8ca01e0c65d11c66a1e2ac4c85977b7c7a6999bbf10dc35ae69f5515614636c0b9b68c19ed2e31c0b3b6676"
            + "3038ebba42f3b38edc0399f3a9f23faa63978c317fc9fa66a73f60f0504de93b5b845e275592c12335ee340bbc4fddd502784016e4b3"
            + "be7ef04dda49f4b440a30cb5d2af939828fd4ae3794e44f94df5a631ede42c1719bfdabf0253fe5175be898e750edc53370d2b";
    private static final String CLIENT_FINISHED =
            "14000020a8ec436d677634ae525ac1fcebe11a039ec17694fac6e98527b642f2edd5ce61";
    private static final String SHARED = "8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d";
    private static final String EARLY = "33ad0a1c607ec03b09e6cd9893680ce210adf300aa1f2660e1b22e10f170f92a";
    private static final String HANDSHAKE = "1dc826e93606aa6fdc0aadc12f741b01046aa6b99f691ed221a9f0ca043fbeac";
    private static final String MAIN = "18df06843d13a08bf2a449844c5f8a478001bc4d4c627984d5a41da8d0402919";
    private static final String CLIENT_HANDSHAKE = "b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21";
    private static final String SERVER_HANDSHAKE = "b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38";
    private static final String CLIENT_TRAFFIC = "9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5";
    private static final String SERVER_TRAFFIC = "a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643";
    private static final String EXPORTER = "fe22f881176eda18eb8f44529e6792c50c9a3f89452f68d8ae311b4309d3cf50";

    private final List<Event> events = new ArrayList<>();

    @Test
    void theWholeScheduleComesOutOfTheSharedSecret() {
        Verification verification = verify(secret("shared_secret", SHARED));
        assertThat(computed(verification, "early_secret")).isEqualTo(EARLY);
        assertThat(computed(verification, "handshake_secret")).isEqualTo(HANDSHAKE);
        assertThat(computed(verification, "CLIENT_HANDSHAKE_TRAFFIC_SECRET")).isEqualTo(CLIENT_HANDSHAKE);
        assertThat(computed(verification, "SERVER_HANDSHAKE_TRAFFIC_SECRET")).isEqualTo(SERVER_HANDSHAKE);
        assertThat(computed(verification, "main_secret")).isEqualTo(MAIN);
        assertThat(computed(verification, "CLIENT_TRAFFIC_SECRET_0")).isEqualTo(CLIENT_TRAFFIC);
        assertThat(computed(verification, "SERVER_TRAFFIC_SECRET_0")).isEqualTo(SERVER_TRAFFIC);
        assertThat(computed(verification, "EXPORTER_SECRET")).isEqualTo(EXPORTER);
        for (String proof : List.of("server CertificateVerify signature", "server Finished", "client Finished")) {
            assertThat(check(verification, proof).verdict()).as(proof).isEqualTo(Verdict.VERIFIED);
        }
        assertThat(verification.firstDifference()).isEmpty();
        assertThat(verification.isPartial()).isFalse();
        RecordCheck record = verification.records().get(0);
        assertThat(record.verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(record.sequence()).isZero();
        assertThat(record.content()).isEqualTo(hex(SERVER_FLIGHT));
        assertThat(ExporterSecret.keyLogLines(verification.handshake()))
                .containsExactly("EXPORTER_SECRET " + CLIENT_HELLO.substring(12, 76) + " " + EXPORTER);
    }

    @Test
    void trafficKeysAndIvs() {
        Negotiation negotiation = Negotiation.of(
                        verify(secret("shared_secret", SHARED)).handshake())
                .get(0);
        KeySchedule schedule = KeySchedule.of(negotiation);
        assertThat(schedule.keys(false, 1).orElseThrow().key()).isEqualTo(hex("3fce516009c21727d0f2e4e86ee403bc"));
        assertThat(schedule.keys(false, 1).orElseThrow().iv()).isEqualTo(hex("5d313eb2671276ee13000b30"));
        assertThat(schedule.keys(true, 1).orElseThrow().key()).isEqualTo(hex("dbfaa693d1762c5b666af5d950258d01"));
        assertThat(schedule.keys(true, 1).orElseThrow().iv()).isEqualTo(hex("5bd3c71b836e0b76bb73265f"));
        assertThat(schedule.keys(false, 2).orElseThrow().key()).isEqualTo(hex("9f02283b6c9c07efc26bb9f2ac92e356"));
        assertThat(schedule.keys(false, 2).orElseThrow().iv()).isEqualTo(hex("cf782b88dd83549aadf1e984"));
    }

    @Test
    void oneWrongValueIsTheFirstThatDiffersAndTheOnlyOne() {
        String wrong = "ff" + HANDSHAKE.substring(2);
        events.add(secret("handshake_secret", wrong));
        Verification verification = verify(secret("shared_secret", SHARED));
        assertThat(verification.firstDifference()).contains("handshake_secret");
        assertThat(check(verification, "handshake_secret").firstDifference()).isZero();
        assertThat(check(verification, "handshake_secret").captured()).isEqualTo(hex(wrong));
    }

    @Test
    void anAlteredRecordDoesNotVerify() {
        byte[] record = hex(SERVER_RECORD);
        record[100] ^= 1;
        Verification verification = verify(record, secret("SERVER_HANDSHAKE_TRAFFIC_SECRET", SERVER_HANDSHAKE));
        assertThat(verification.firstDifference()).contains("record 0 received");
        assertThat(verification.records().get(0).foundSequence()).isEqualTo(-1);
    }

    @Test
    void aRecordOutOfItsPlaceIsFoundAtIts() {
        events.add(record(hex("1703030011" + "00".repeat(17))));
        Verification verification = verify(secret("SERVER_HANDSHAKE_TRAFFIC_SECRET", SERVER_HANDSHAKE));
        assertThat(verification.records().get(1).sequence()).isEqualTo(1);
        assertThat(verification.records().get(1).foundSequence()).isZero();
    }

    @Test
    void withoutSecretsTheSignatureIsStillChecked() {
        Verification verification = verify();
        assertThat(check(verification, "server CertificateVerify signature").verdict())
                .isEqualTo(Verdict.VERIFIED);
        assertThat(check(verification, "server Finished").verdict()).isEqualTo(Verdict.UNCHECKED);
        assertThat(verification.isPartial()).isTrue();
        assertThat(verification.firstDifference()).isEmpty();
    }

    /** RFC 5869, A.1. */
    @Test
    void hkdf() {
        Hkdf hkdf = new Hkdf("SHA-256");
        byte[] prk = hkdf.extract(hex("000102030405060708090a0b0c"), hex("0b".repeat(22)));
        assertThat(prk).isEqualTo(hex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"));
        assertThat(hkdf.expand(prk, hex("f0f1f2f3f4f5f6f7f8f9"), 42))
                .isEqualTo(hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
    }

    private Verification verify(Event... secrets) {
        return verify(hex(SERVER_RECORD), secrets);
    }

    private Verification verify(byte[] record, Event... secrets) {
        events.addAll(List.of(secrets));
        events.add(new Event(EventType.CONNECTION, 1, 1).put(Field.ROLE, "client"));
        events.add(message("out", CLIENT_HELLO));
        events.add(message("in", SERVER_HELLO));
        events.add(record(record));
        byte[] flight = hex(SERVER_FLIGHT);
        for (int at = 0; at < flight.length; ) {
            int length = 4 + ((flight[at + 1] & 0xff) << 16 | (flight[at + 2] & 0xff) << 8 | (flight[at + 3] & 0xff));
            events.add(message("in", HexFormat.of().formatHex(flight, at, at + length)));
            at += length;
        }
        events.add(message("out", CLIENT_FINISHED));
        List<Handshake> captured = new ArrayList<>();
        Handshakes handshakes = new Handshakes(Path.of("rfc8448.pcapng"), captured::add);
        events.forEach(handshakes);
        handshakes.end();
        return Verification.of(captured.get(0));
    }

    private static Check check(Verification verification, String name) {
        return verification.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String computed(Verification verification, String name) {
        return HexFormat.of().formatHex(check(verification, name).computed());
    }

    private static Event secret(String label, String value) {
        return new Event(EventType.SECRET, 1, 1)
                .put(Field.LABEL, label)
                .put(Field.CLIENT_RANDOM, hex(CLIENT_HELLO.substring(12, 76)))
                .put(Field.BYTES, hex(value));
    }

    private static Event message(String direction, String bytes) {
        return new Event(EventType.MESSAGE, 1, 1)
                .put(Field.DIRECTION, direction)
                .put(Field.CONTENT_TYPE, ContentType.HANDSHAKE)
                .put(Field.BYTES, hex(bytes));
    }

    private static Event record(byte[] bytes) {
        return new Event(EventType.RECORD, 1, 1).put(Field.DIRECTION, "in").put(Field.BYTES, bytes);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
