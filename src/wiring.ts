/** The only file where ports meet their implementations. */
