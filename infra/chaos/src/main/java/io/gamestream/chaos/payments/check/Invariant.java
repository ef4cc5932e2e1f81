package io.gamestream.chaos.payments.check;

/** What must hold: S at every moment, L once everything is quiet. Words as in docs/chaos.md. */
public enum Invariant {
    S1("an order is charged once at most, and never more than it costs"),
    S2("no game without captured money, none while a dispute is open or lost"),
    S3("an operation id is one request to the PSP and has one effect at most"),
    S4("no other operation is issued while the outcome of one is unknown"),
    S5("the journal makes only legal transitions, without gaps, in an unbroken chain"),
    S6("every posting balances and is posted once; balances are the sum of the postings"),
    S7("refunded and pending never exceed captured, captured never exceeds authorized, amounts are never negative"),
    S8("only signed webhooks change anything, each once"),
    S9("readers see what is committed and nothing else"),
    S10("one Idempotency-Key is one order and one answer"),
    S11("each message is sent once, each event is told once"),
    S12("no secret and no card number in any topic or log"),
    L1("every accepted order is there, and has ended or is parked with one open dead letter"),
    L2("the PSP's view and ours are the same, in both directions"),
    L3("what is paid is granted, posted and receipted; what is given back is revoked"),
    L4("nothing is unknown, due, orphaned or differing any more"),
    L5("a second replay changes nothing, rebuilt stores are the same, the journal folds to the store"),
    L6("orders whose webhooks were all lost have ended all the same"),
    L7("whatever died works again within the bound");

    private final String meaning;

    Invariant(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
