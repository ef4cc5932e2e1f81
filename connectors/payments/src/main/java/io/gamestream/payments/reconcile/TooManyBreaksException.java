package io.gamestream.payments.reconcile;

/**
 * More differs than a run can hold and than anybody would read one by one: most often the sides are not those of one account.
 * Nothing was written.
 */
final class TooManyBreaksException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param problem how many of what */
    TooManyBreaksException(String problem) {
        super(problem
                + " (payments-reconciliation.max-breaks): is provider.api-key that of the account that our payments go to?"
                + " If they do differ so much, raise the setting, and the heap by 1 MB for each 1,000");
    }
}
