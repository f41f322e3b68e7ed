"""From numbers to sentences: reasons, why-not, the stack, the words of the verdict."""
