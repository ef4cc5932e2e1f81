package io.gamestream.local.world;

import io.gamestream.local.load.GameRow;
import io.gamestream.local.load.OrderRow;
import io.gamestream.local.load.UserRow;
import io.gamestream.schemas.catalog.GameStatus;
import io.gamestream.schemas.identity.Tier;
import io.gamestream.schemas.payments.OrderStatus;
import io.gamestream.schemas.sessions.Play;

/** Something that happens in the world. May be carried out twice with the same result. */
sealed interface Action {

    /** Somebody signs up. */
    record AddUser(int number, UserRow row) implements Action {
        @Override
        public <X extends Exception> void to(Handler<X> handler) throws X {
            handler.addUser(this);
        }
    }

    /** A player changes name, subscription and home. */
    record ChangeProfile(int number, String handle, Tier tier, Region region, String country) implements Action {
        @Override
        public <X extends Exception> void to(Handler<X> handler) throws X {
            handler.changeProfile(this);
        }
    }

    /** A player who has never ordered leaves. */
    record DeleteUser(int number) implements Action {
        @Override
        public <X extends Exception> void to(Handler<X> handler) throws X {
            handler.deleteUser(this);
        }
    }

    /** A game comes out. */
    record AddGame(int number, GameRow row) implements Action {
        @Override
        public <X extends Exception> void to(Handler<X> handler) throws X {
            handler.addGame(this);
        }
    }

    /** A game costs more or less. */
    record ChangePrice(int number, long priceMinor) implements Action {
        @Override
        public <X extends Exception> void to(Handler<X> handler) throws X {
            handler.changePrice(this);
        }
    }

    /** A game gets another text. */
    record ChangeDescription(int number, String description) implements Action {
        @Override
        public <X extends Exception> void to(Handler<X> handler) throws X {
            handler.changeDescription(this);
        }
    }

    /** A game is withdrawn, or comes back. */
    record ChangeGameStatus(int number, GameStatus status) implements Action {
        @Override
        public <X extends Exception> void to(Handler<X> handler) throws X {
            handler.changeGameStatus(this);
        }
    }

    /** A game that nobody has ever ordered is deleted. */
    record DeleteGame(int number) implements Action {
        @Override
        public <X extends Exception> void to(Handler<X> handler) throws X {
            handler.deleteGame(this);
        }
    }

    /** A player orders; the order is PENDING. */
    record PlaceOrder(int number, OrderRow row) implements Action {
        @Override
        public <X extends Exception> void to(Handler<X> handler) throws X {
            handler.placeOrder(this);
        }
    }

    /** An order is paid, cancelled or refunded. */
    record SettleOrder(int number, OrderStatus from, OrderStatus to) implements Action {
        @Override
        public <X extends Exception> void to(Handler<X> handler) throws X {
            handler.settleOrder(this);
        }
    }

    /** A player has played. */
    record PlayGame(Play play) implements Action {
        @Override
        public <X extends Exception> void to(Handler<X> handler) throws X {
            handler.playGame(this);
        }
    }

    /** Calls the handler's method for this kind of action: the compiler sees to it that none is forgotten. */
    <X extends Exception> void to(Handler<X> handler) throws X;

    /** One method per kind of action. */
    interface Handler<X extends Exception> {
        void addUser(AddUser action) throws X;

        void changeProfile(ChangeProfile action) throws X;

        void deleteUser(DeleteUser action) throws X;

        void addGame(AddGame action) throws X;

        void changePrice(ChangePrice action) throws X;

        void changeDescription(ChangeDescription action) throws X;

        void changeGameStatus(ChangeGameStatus action) throws X;

        void deleteGame(DeleteGame action) throws X;

        void placeOrder(PlaceOrder action) throws X;

        void settleOrder(SettleOrder action) throws X;

        void playGame(PlayGame action) throws X;
    }
}
