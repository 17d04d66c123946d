"""Words that stand for a key: what is written by hand and typed with mistakes still opens, and nothing else does."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labqvt.campaigns import trusted_key
from labqvt.campaigns.key_words import LENGTH, WORDS, WordsError, nearest, seed_of, words_of

seeds = st.binary(min_size=16, max_size=16)
letters = st.sampled_from("abcdefghijklmnopqrstuvwxyz")


def distance(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        new = [i]
        for j, y in enumerate(b, 1):
            new.append(min(row[j] + 1, new[-1] + 1, row[j - 1] + (x != y)))
        row = new
    return row[-1]


def test_any_two_words_are_three_letters_apart():
    assert len(WORDS) == len(set(WORDS)) == 256
    assert all(word.isascii() and word.isalpha() and word.islower() and len(word) <= 7 for word in WORDS)
    assert min(distance(a, b) for a, b in combinations(WORDS, 2)) == 3


@given(seed=seeds)
def test_words_give_their_key_back_however_they_are_written(seed):
    words = words_of(seed)
    assert len(words) == LENGTH
    assert seed_of(" ".join(words)) == seed
    written = "\n".join(f"{number}. {word.upper()}," for number, word in enumerate(words, 1))
    assert seed_of(written) == seed


@given(data=st.data(), seed=seeds)
def test_one_letter_wrong_in_every_word_is_mended(data, seed):
    typed = []
    for word in words_of(seed):
        place = data.draw(st.integers(0, len(word) - 1))
        kind = data.draw(st.sampled_from(["wrong", "missing", "more"]))
        letter = data.draw(letters)
        after = {
            "wrong": letter + word[place + 1 :],
            "missing": word[place + 1 :],
            "more": letter + word[place:],
        }
        typed.append(word[:place] + after[kind])
    assert seed_of(" ".join(typed)) == seed


@given(seed=seeds, places=st.tuples(st.integers(0, 15), st.integers(0, 15)))
def test_two_words_exchanged_never_give_the_key(seed, places):
    words = words_of(seed)
    first, second = places
    words[first], words[second] = words[second], words[first]
    try:
        found = seed_of(" ".join(words))
    except WordsError:
        found = b""
    assert (found == seed) == (words == words_of(seed))


def test_two_words_exchanged_are_told():
    words = words_of(bytes(range(16)))
    words[3], words[4] = words[4], words[3]
    with pytest.raises(WordsError, match="échangés"):
        seed_of(" ".join(words))


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "18 mots"), ("abeille " * 17, "17"), (f"{'agneau ' * 17}saperlipopette", "numéro 18")],
)
def test_what_is_not_a_key_is_refused_with_a_sentence(typed, said):
    with pytest.raises(WordsError, match=said):
        seed_of(typed)


def test_a_word_between_two_is_not_guessed():
    assert nearest("zzzzz") is None


@given(seed=seeds, other=seeds)
def test_only_its_own_words_open_a_test_envelope(seed, other):
    public = trusted_key.public_key_of(seed)
    assert trusted_key.opens(" ".join(words_of(seed)), public)
    assert trusted_key.opens(" ".join(words_of(other)), public) == (seed == other)


def test_a_proof_holds_for_its_own_trial_and_key_only():
    import base64

    from nacl.bindings import crypto_scalarmult

    words, public = trusted_key.made_here()
    trial = trusted_key.trial_for(public)
    private = trusted_key.private_key_of(seed_of(" ".join(words)))
    proof = trusted_key._proof(crypto_scalarmult(private, base64.b64decode(trial.point)))
    assert trusted_key.proves(proof, trial.token, public)
    assert not trusted_key.proves(proof, trusted_key.trial_for(public).token, public)
    assert not trusted_key.proves(proof, trial.token, trusted_key.made_here()[1])
    assert not trusted_key.proves("", trial.token, public)
    assert not trusted_key.proves(proof, "autre chose", public)


@pytest.mark.parametrize("text", ["", "pas du base64", "AAAA", "A" * 43 + "="])
def test_what_is_no_public_key_is_refused(text):
    """The last one is the point of order one: any secret shared with it is nought."""
    assert not trusted_key.is_public_key(text)
