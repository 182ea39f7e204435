"""What the fuzzer tries: a file for each kind of input, which writes it, runs privlint on it and yields what broke."""
