package io.gamestream.serving.testing;

import io.gamestream.schemas.payments.AttemptState;
import io.gamestream.schemas.payments.OperationKind;
import io.gamestream.schemas.payments.OperationState;
import io.gamestream.schemas.payments.OrderState;
import io.gamestream.schemas.payments.PaymentAttempt;
import io.gamestream.schemas.payments.PaymentDispute;
import io.gamestream.schemas.payments.PaymentLine;
import io.gamestream.schemas.payments.PaymentOperation;
import io.gamestream.schemas.payments.PaymentRefund;
import io.gamestream.schemas.payments.PaymentState;
import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.payments.PspStatus;
import io.gamestream.schemas.views.GameView;
import io.gamestream.schemas.views.LibraryItem;
import io.gamestream.schemas.views.LibraryView;
import io.gamestream.schemas.views.OrderView;
import io.gamestream.schemas.views.OrderViewLine;
import io.gamestream.schemas.views.SalesView;
import io.gamestream.schemas.views.UserView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** View records as the catalog topology writes them. */
public final class ViewSamples {

    public static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.678901Z");

    private ViewSamples() {}

    public static UserView user(String id, long version) {
        return UserView.newBuilder()
                .setId(id)
                .setHandle("player-" + id)
                .setCountry("DE")
                .setRegion("eu-central")
                .setTier("premium")
                .setStatus("active")
                .setCreatedAt(CREATED)
                .setUpdatedAt(CREATED.plusSeconds(version))
                .setVersion(version)
                .build();
    }

    public static GameView game(String id, String title, long priceMinor, long version) {
        return GameView.newBuilder()
                .setId(id)
                .setTitle(title)
                .setDescription("All about " + title + ", as told in its shop")
                .setDeveloper("Studio Ümlaut")
                .setPublisher(null)
                .setGenres(List.of("rpg", "open-world"))
                .setPriceMinor(priceMinor)
                .setCurrency("EUR")
                .setReleaseDate(LocalDate.of(2011, 11, 11))
                .setAgeRating(16)
                .setGpuClass("g2")
                .setStatus("active")
                .setCreatedAt(CREATED)
                .setUpdatedAt(CREATED.plusSeconds(version))
                .setVersion(version)
                .build();
    }

    public static OrderView order(String id, String userId, long version) {
        return OrderView.newBuilder()
                .setId(id)
                .setUserId(userId)
                .setStatus("paid")
                .setLines(List.of(new OrderViewLine("g-1", 1, 5999L), new OrderViewLine("g-2", 2, 1000L)))
                .setTotalMinor(7999)
                .setCurrency("EUR")
                .setPlacedAt(CREATED)
                .setUpdatedAt(CREATED)
                .setVersion(version)
                .build();
    }

    /** One that was paid, disputed in vain and refunded. */
    public static PaymentView payment(String orderId, String userId) {
        return PaymentView.newBuilder()
                .setOrderId(orderId)
                .setUserId(userId)
                .setStatus(OrderState.REFUNDED)
                .setPayment(PaymentState.CAPTURED)
                .setPaymentStatus("REFUNDED")
                .setOutcomeKnown(true)
                .setLines(List.of(new PaymentLine("g-1001", 1, 1999L, true, 1999L, "REVOKED")))
                .setTotalMinor(1999)
                .setCurrency("EUR")
                .setAuthorizedMinor(1999)
                .setCapturedMinor(1999)
                .setRefundPendingMinor(0)
                .setRefundedMinor(1999)
                .setDisputedMinor(0)
                .setLostMinor(0)
                .setFeesMinor(88)
                .setIntentId("pi_1001")
                .setAttempts(List.of(new PaymentAttempt(1, AttemptState.SUCCEEDED, null, null)))
                .setOperations(List.of(
                        operation(orderId, OperationKind.CREATE, OperationState.EXECUTED, 1999L, null),
                        operation(
                                orderId,
                                OperationKind.CANCEL,
                                OperationState.FAILED,
                                null,
                                "it had been paid by then")))
                .setRefunds(
                        List.of(new PaymentRefund("rfd_1001", "re_1001", "SUCCEEDED", 1999L, List.of("g-1001"), null)))
                .setDisputes(List.of(new PaymentDispute("dp_1001", PspStatus.WON, 1999L, 1999L, 1999L, "fraudulent")))
                .setProblem(null)
                .setDeadLetterId(null)
                .setPlacedAt(CREATED)
                .setUpdatedAt(CREATED)
                .setSeq(9)
                .build();
    }

    private static PaymentOperation operation(
            String orderId,
            OperationKind kind,
            OperationState state,
            @Nullable Long amountMinor,
            @Nullable String problem) {
        return new PaymentOperation(
                orderId + ":" + kind.name().toLowerCase(Locale.ROOT) + ":1",
                kind,
                1,
                state,
                amountMinor,
                null,
                1,
                CREATED,
                CREATED,
                problem);
    }

    public static SalesView sales(String gameId, long units, long version) {
        return new SalesView(gameId, units, units, Map.of("USD", 10L * units, "EUR", 5999 * units), version);
    }

    /** Games {@code g-1} to {@code g-n}, the last acquired last. */
    public static LibraryView library(String userId, int games, long version) {
        List<LibraryItem> items = new ArrayList<>();
        for (int i = games; i >= 1; i--) {
            items.add(new LibraryItem("g-" + i, "o-" + i, CREATED.plusSeconds(i)));
        }
        return new LibraryView(userId, items, version);
    }
}
