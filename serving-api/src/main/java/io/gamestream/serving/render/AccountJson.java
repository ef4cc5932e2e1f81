package io.gamestream.serving.render;

import io.gamestream.schemas.views.AccountBalance;
import io.gamestream.schemas.views.AccountView;

/** A ledger account as {@code /v1/ledger/accounts/{id}} answers it. */
public final class AccountJson {

    private AccountJson() {}

    /** The members, without the opening brace. */
    public static byte[] render(AccountView account) {
        return JsonMembers.of(json -> {
            json.writeStringField("account", account.getAccount());
            json.writeArrayFieldStart("balances");
            for (AccountBalance balance : account.getBalances()) {
                json.writeStartObject();
                json.writeStringField("currency", balance.getCurrency());
                json.writeNumberField("debitMinor", balance.getDebitMinor());
                json.writeNumberField("creditMinor", balance.getCreditMinor());
                json.writeNumberField("balanceMinor", balance.getBalanceMinor());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("postings", account.getPostings());
            json.writeStringField("updatedAt", account.getUpdatedAt().toString());
        });
    }
}
