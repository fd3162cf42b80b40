"""Images in and out: decoding, preparation, samples. The only package that imports Pillow."""

from app.imaging import samples
from app.imaging.alteration import Alteration, alter
from app.imaging.decode import decode
from app.imaging.decoded_image import Decoded, DecodeLimits, Image, ImageRefused, Source
from app.imaging.digit import DigitOptions, prepare_digit
from app.imaging.encode import encode_png
from app.imaging.matrix import prepare_matrix
from app.imaging.npy import decode_npy, image_from_array, read_npy
from app.imaging.photo import Crop, prepare_photo
from app.imaging.photographs import PhotographsDamaged
from app.imaging.pieces import NoSuchPiece, Piece
from app.imaging.prepared_image import Prepared, Scale, Step
from app.imaging.remarks import CLOTHES, DIGIT, Remark, Subject
from app.imaging.resample import thumbnail
from app.imaging.subset import Subset, SubsetDamaged, load_subset

__all__ = [
    "CLOTHES",
    "DIGIT",
    "Alteration",
    "Crop",
    "DecodeLimits",
    "Decoded",
    "DigitOptions",
    "Image",
    "ImageRefused",
    "NoSuchPiece",
    "PhotographsDamaged",
    "Piece",
    "Prepared",
    "Remark",
    "Scale",
    "Source",
    "Step",
    "Subject",
    "Subset",
    "SubsetDamaged",
    "alter",
    "decode",
    "decode_npy",
    "encode_png",
    "image_from_array",
    "load_subset",
    "prepare_digit",
    "prepare_matrix",
    "prepare_photo",
    "read_npy",
    "samples",
    "thumbnail",
]
