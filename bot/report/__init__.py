"""What a person takes away: the picture for the phone and the PDF for the head of department."""
