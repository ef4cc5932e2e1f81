package io.gamestream.serving.view;

import io.gamestream.schemas.payments.PaymentView;
import io.gamestream.schemas.views.AccountView;
import io.gamestream.schemas.views.GameView;
import io.gamestream.schemas.views.LibraryView;
import io.gamestream.schemas.views.OrderView;
import io.gamestream.schemas.views.SalesView;
import io.gamestream.schemas.views.UserView;
import io.gamestream.serving.render.AccountJson;
import io.gamestream.serving.render.GameJson;
import io.gamestream.serving.render.LibraryItems;
import io.gamestream.serving.render.OrderJson;
import io.gamestream.serving.render.PaymentJson;
import io.gamestream.serving.render.SalesJson;
import io.gamestream.serving.render.UserJson;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.avro.specific.SpecificRecord;

/** How the records of a view become bodies: rendered when they are written, not when they are read. */
interface ViewBody {

    byte[] render(SpecificRecord record);

    long version(SpecificRecord record);

    /** Of a view; its methods throw {@link ClassCastException} for a record of another one. */
    static ViewBody of(View view) {
        return switch (view) {
            case USERS -> of(UserView.class, UserJson::render, UserView::getVersion);
            case GAMES -> of(GameView.class, GameJson::render, GameView::getVersion);
            case ORDERS -> of(OrderView.class, OrderJson::render, OrderView::getVersion);
            case LIBRARY -> of(LibraryView.class, LibraryItems::encode, LibraryView::getVersion);
            case SALES -> of(SalesView.class, SalesJson::render, SalesView::getVersion);
            case PAYMENTS -> of(PaymentView.class, PaymentJson::render, PaymentView::getSeq);
            case ACCOUNTS -> of(AccountView.class, AccountJson::render, AccountView::getPostings);
        };
    }

    private static <T extends SpecificRecord> ViewBody of(
            Class<T> type, Function<T, byte[]> render, ToLongFunction<T> version) {
        return new ViewBody() {
            @Override
            public byte[] render(SpecificRecord record) {
                return render.apply(type.cast(record));
            }

            @Override
            public long version(SpecificRecord record) {
                return version.applyAsLong(type.cast(record));
            }
        };
    }
}
