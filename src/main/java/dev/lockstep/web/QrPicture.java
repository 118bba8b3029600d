package dev.lockstep.web;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;

/** A text for the camera of a phone, as the path of a drawing whose side is {@code size}. Nothing leaves the server. */
record QrPicture(String path, int size) {

    static QrPicture of(String text) {
        try {
            BitMatrix squares = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0);
            StringBuilder path = new StringBuilder();
            for (int y = 0; y < squares.getHeight(); y++) {
                for (int x = 0; x < squares.getWidth(); x++) {
                    if (squares.get(x, y)) {
                        path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
                    }
                }
            }
            return new QrPicture(path.toString(), squares.getWidth());
        } catch (WriterException tooLong) {
            throw new IllegalStateException("the text does not fit into a picture", tooLong);
        }
    }

    @Override
    public String toString() {
        return "QrPicture[" + size + "]";
    }
}
